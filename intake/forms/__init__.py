"""Makes the sheets that an applicant gets in the chat: the two SPTJM to sign, how to sign and photograph them, and the receipt."""

from intake.forms.guide import sptjm_guide
from intake.forms.receipt import receipt
from intake.forms.sptjm import sptjm_kelahiran, sptjm_pasutri

__all__ = ["receipt", "sptjm_guide", "sptjm_kelahiran", "sptjm_pasutri"]
