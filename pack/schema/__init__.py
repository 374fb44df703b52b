"""What each file of a pack may hold, one model a file, and the table of all files (`FILES`)."""

from pydantic import BaseModel

from pack.schema import asking, documents, office, sheets, survey, way, words

FILES: dict[str, type[BaseModel]] = {
    "standard/birth_form.yml": asking.BirthFormFile,
    "standard/complaints.yml": way.ComplaintsFile,
    "standard/deadlines.yml": office.DeadlinesFile,
    "standard/f201.yml": asking.F201File,
    "standard/names.yml": words.NamesFile,
    "standard/office.yml": office.OfficeFile,
    "standard/papers.yml": office.PapersFile,
    "standard/places.yml": office.PlacesFile,
    "standard/requirements.yml": asking.RequirementsFile,
    "standard/return_reasons.yml": way.ReasonsFile,
    "standard/roles.yml": way.RolesFile,
    "standard/same_fields.yml": asking.SameFieldsFile,
    "standard/sensitive.yml": way.SensitiveFile,
    "standard/sheets.yml": sheets.SheetsFile,
    "standard/stages.yml": way.StagesFile,
    "standard/survey.yml": survey.SurveyFile,
    "standard/weak_words.yml": words.WeakWordsFile,
    "documents/kinds.yml": documents.KindsFile,
    "documents/birth_facts.yml": documents.BirthFactsFile,
    "documents/labels.yml": documents.LabelsFile,
    "documents/thresholds.yml": documents.ThresholdsFile,
    "documents/wording.yml": documents.WordingFile,
}
"""Every file of rules by its name in the pack. Those of `language/` are word lists, all of one shape (`words.WordList`)."""
