"""Reports whose table stands in a file of its own: nothing is lost between the two."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from orchestration.registry.model import Registry
from orchestration.specimens.produce import filed
from orchestration.specimens.truth import observed


def test_a_report_in_two_files_has_the_truth_of_both(registry: Registry) -> None:
    kinds = set()
    for each in filed(registry, (2015, 2016), 14, 3, "none", ("txt", "docx"), 1.0):
        files = dict(each.files)
        (name, content), *_ = files.items()
        if name.endswith(".zip"):
            kinds.add("zip")
            with ZipFile(BytesIO(content)) as archive:
                files = {member: archive.read(member) for member in archive.namelist()}
        if each.specimen.draft.form is None:
            assert files == {each.specimen.name: each.specimen.content}
            continue
        kinds.add(len(each.files))
        assert len(files) == 2
        assert files[each.specimen.name] == each.specimen.content
        sources = {line["source_kind"] for line in observed(each.specimen, registry)}
        assert "table" in sources
        assert not any(place.line for place in each.specimen.cell_places.values())
    assert kinds == {"zip", 1, 2}
