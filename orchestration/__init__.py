"""OGI Reports: China's yearly open-government-information reports, from files to a release people trust."""
