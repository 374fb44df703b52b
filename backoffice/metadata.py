"""Every table of the back office, for migrations and their check: import this, not `tables`, when all must be known."""

from backoffice.applicant import models as applicant
from backoffice.audit import models as audit
from backoffice.cases import approvals, documents, mail_address, products
from backoffice.cases import models as cases
from backoffice.complaints import models as complaints
from backoffice.escalation import models as escalation
from backoffice.notices import models as notices
from backoffice.reports import models as reports
from backoffice.roster import models as roster
from backoffice.siak import models as siak
from backoffice.staff import models as staff
from backoffice.survey import models as survey
from backoffice.tables import Base

AREAS = (
    applicant, approvals, audit, cases, complaints, documents, escalation, mail_address, notices, products, reports, roster, siak, staff,
    survey,
)  # fmt: skip
METADATA = Base.metadata
