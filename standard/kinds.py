"""Names the documents of a birth registration: what a picture can be (`Kind`) and what place it fills in a bundle (`Item`)."""

from enum import StrEnum


class Kind(StrEnum):
    """What one photographed document is, as the document check says it (contract `runtime.md`)."""

    KTP = "ktp"
    KK = "kk"
    SURAT_KELAHIRAN = "surat_kelahiran"
    SURAT_NIKAH = "surat_nikah"
    SPTJM_KELAHIRAN = "sptjm_kelahiran"
    SPTJM_PASUTRI = "sptjm_pasutri"
    OTHER = "other"
    NONE = "none"


class Item(StrEnum):
    """A place in the bundle that one document fills (Seed A.1; contract `intents.md`, entity `jenis_berkas`)."""

    KK = "kk"
    KTP_PELAPOR = "ktp_pelapor"
    KTP_AYAH = "ktp_ayah"
    KTP_IBU = "ktp_ibu"
    SURAT_KELAHIRAN = "surat_kelahiran"
    SPTJM_KELAHIRAN = "sptjm_kelahiran"
    SURAT_NIKAH = "surat_nikah"
    SPTJM_PASUTRI = "sptjm_pasutri"
    KTP_SAKSI_1 = "ktp_saksi_1"
    KTP_SAKSI_2 = "ktp_saksi_2"


KIND_OF: dict[Item, Kind] = {
    Item.KK: Kind.KK,
    Item.KTP_PELAPOR: Kind.KTP,
    Item.KTP_AYAH: Kind.KTP,
    Item.KTP_IBU: Kind.KTP,
    Item.SURAT_KELAHIRAN: Kind.SURAT_KELAHIRAN,
    Item.SPTJM_KELAHIRAN: Kind.SPTJM_KELAHIRAN,
    Item.SURAT_NIKAH: Kind.SURAT_NIKAH,
    Item.SPTJM_PASUTRI: Kind.SPTJM_PASUTRI,
    Item.KTP_SAKSI_1: Kind.KTP,
    Item.KTP_SAKSI_2: Kind.KTP,
}
"""Which kind of document each place takes."""
