"""The region whose papers are drawn: Kabupaten Blora, or that of the office that is being tried out."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """A kabupaten or kota as its papers name it, in capital letters; `code`: its four figures, `3316`."""

    kind: str
    name: str
    province: str
    code: str
    kecamatan: tuple[str, ...]

    @property
    def head(self) -> str:
        """`KABUPATEN BLORA`, as it stands at the top of a paper."""
        return f"{self.kind} {self.name}"

    @property
    def short(self) -> str:
        """`Kab. Blora`, as addresses have it."""
        return f"{'Kab.' if self.kind == 'KABUPATEN' else 'Kota'} {self.name.title()}"

    @property
    def numbers(self) -> str:
        """How NIK and nomor KK begin: a kecamatan code that no region has, so that no number can be a person's."""
        return f"{self.code}99"


BLORA = Region(
    "KABUPATEN", "BLORA", "JAWA TENGAH", "3316",
    ("JATI", "RANDUBLATUNG", "KRADENAN", "KEDUNGTUBAN", "CEPU", "SAMBONG", "JIKEN", "JEPON", "BLORA", "TUNJUNGAN", "BANJAREJO", "NGAWEN",
     "KUNDURAN", "TODANAN", "BOGOREJO", "JAPAH"),
)  # fmt: skip

_HERE: ContextVar[Region] = ContextVar("region", default=BLORA)


def here() -> Region:
    """The region that is drawn now."""
    return _HERE.get()


def draw_for(region: Region) -> None:
    """From now on the papers are of that region."""
    _HERE.set(region)
