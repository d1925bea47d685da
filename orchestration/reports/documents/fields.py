"""The index that site software prints at the head of a page: 索引号, 发布机构, 发布日期, 文号, each with its value.

Known here are the words of that software, so that a field becomes one line "发布日期: 2018-02-03", and how the rows
around a table name who fills it in and when; what the fields mean, and whether they are right, is for others to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestration.reports.documents.text import either_script

_LABELS = re.findall(
    r"\S+",
    """
    信息索引号 信息索引 索引号 索引编号 索引码 发文字号 文件编号 发布文号 公文文号 备注/文号 文件文号 文号
    发布机构 发布单位 发布部门 发文机关 发文单位 发文机构 公开机构 公开主体 公开单位 公开责任部门 责任部门
    责任单位 制发单位 所属机构 信息来源 来源 稿源 发布日期 发布时间 公布日期 公布时间 发文日期 发文时间 成文日期
    成文时间 生成日期 生成时间 公文生成日期 公开日期 公开时间 公开时限 公开期限 公开形式 公开方式 公开程序
    公开范围 公开类别 公开属性 公开目录 主题分类 主题词 主题 体裁分类 体裁 组配分类 服务对象 服务对象分类
    信息分类 信息类别 分类 类别 信息名称 文件名称 公文名称 名称 信息标题 标题 题目 内容概述 内容概要 内容摘要
    概述 摘要 关键词 关键字 时效 时效性 有效性 有效期 效力状态 是否有效 实施日期 施行日期 生效日期 生效时间
    废止日期 失效日期 记录形式 载体类型 信息格式 语种 作者 责任编辑 浏览次数 点击数
""",
)
_LABEL = "|".join(either_script(label) for label in sorted(_LABELS, key=len, reverse=True))
_ALONE = re.compile(rf"[\s·•\[【]*(?:{_LABEL})\s*[】\]]?\s*[:：]?\s*")
_BEGINS = re.compile(rf"[\s·•\[【]*(?:{_LABEL})\s*[】\]]?\s*[:：]")
# 填报单位: and the like, but not the unit of all figures below it; and a year or a day beside it.
_SIGNED = re.compile(r"(?!计?量?单位\s*[:：])[^\s\d:：,，。()（）]{2,8}(?:[(（][^()（）]{1,6}[)）])?\s*[:：]")
_WHEN = re.compile(r"[(（]?20\d\d年?度?(?:\d{1,2}月\d{1,2}日)?[)）]?")
_NOTE = re.compile("[:：。;；]|^注")
_MOST_ROWS = 14
_FEWEST = 2
# Of the boxes with words at least this share are labels, or begin with one.
_LEAST_SHARE = 0.34


def is_label(words: str) -> bool:
    """Whether the words are the label of a field and nothing else."""
    return len(words) <= 16 and _ALONE.fullmatch(words) is not None


def is_field(words: str) -> bool:
    """Whether the words begin with the label of a field and a colon."""
    return _BEGINS.match(words) is not None


def is_signature(row: Sequence[str]) -> bool:
    """Whether a row of a table only names who fills it in, and when."""
    filled = [words for words in row if words]
    return bool(filled) and all(_SIGNED.match(words) or _WHEN.fullmatch(words) for words in filled)


def is_note(words: str) -> bool:
    """Whether words that stand alone below a table are a note or a signature, and no label of a row."""
    return _NOTE.search(words) is not None


def joined(label: str, value: str) -> str:
    """A field on one line."""
    return f"{label.rstrip(' :：')}: {value}"


def field_lines(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """The lines of a table that is an index of fields, one for each field; None for any other table."""
    if len(rows) > _MOST_ROWS:
        return None
    words = [box for row in rows for box in row if box]
    labels = sum(1 for box in words if is_label(box) or is_field(box))
    if labels < _FEWEST or labels < _LEAST_SHARE * len(words):
        return None
    lines = []
    for row in rows:
        waiting = ""
        for box in row:
            if not box:
                continue
            if waiting and not (is_label(box) or is_field(box)):
                lines.append(joined(waiting, box))
                waiting = ""
            elif is_label(box):
                waiting = box
            else:
                lines.append(box)
                waiting = ""
    return lines
