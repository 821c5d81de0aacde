"""Enumerations that logic relies on. Their codes are the same in every language; their labels are translated here.

Vocabularies that editors extend are `portal.models.Term` rows instead.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def label(codes: type[TextChoices], code: str | None) -> str:
    """What a code is called in the active language; nothing where none is chosen yet, as in a draft."""
    try:
        return str(codes(code or "").label)
    except ValueError:
        return ""


class PatternGroup(TextChoices):
    ACT = "act", pgettext_lazy("pattern group", "Act")
    TELL = "tell", pgettext_lazy("pattern group", "Tell")
    FIND = "find", pgettext_lazy("pattern group", "Find")
    PREVENT = "prevent", pgettext_lazy("pattern group", "Prevent")


class PatternStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Superseded")


class InstitutionalUse(TextChoices):
    INTELLIGENCE = "intelligence", _("Gather intelligence")
    ENGAGEMENT = "engagement", _("Communicate and engage")
    INVESTIGATION = "investigation", _("Investigate crime")
    ENFORCEMENT = "enforcement", _("Enforce the law")


class CitizenUse(TextChoices):
    ORGANISE_EVENTS = "organise_events", _("Organise events")
    DIY = "diy_investigate_justice_journalism", _("Investigate, judge, report")
    WATCHDOGS = "watchdogs", _("Watch the authorities")
    NEIGHBOURHOOD_WATCH = "neighbourhood_watch", _("Watch over a neighbourhood")


class UseStrength(TextChoices):
    CORE = "core", _("core use")
    SUPPORTING = "supporting", _("supporting")
    TENSION = "tension", _("in tension")


class PlatformKind(TextChoices):
    WEBSITE = "website", _("Website")
    SOCIAL_NETWORK = "social_network", _("Social network")
    MESSAGING_SERVICE = "messaging_service", _("Messaging group")
    MOBILE_APP = "mobile_app", _("Mobile app")
    SMS = "sms", _("Text messages (SMS)")
    PARTICIPATION_PLATFORM = "participation_platform", _("Participation platform")
    LIVE_STREAMING = "live_streaming", _("Live streaming")
    FORUM = "forum", _("Forum")
    OPEN_DATA_SOURCE = "open_data_source", _("Open source of data")
    POLICE_RADIO = "police_radio", _("Police radio")
    DARK_WEB_TOOL = "dark_web_tool", _("Dark web tool")
    ANALYTICS_TOOL = "analytics_tool", _("Analytics tool")


class IncidentPhase(TextChoices):
    BEFORE = "before", _("Before an incident")
    DURING = "during", _("During an incident")
    AFTER = "after", _("After an incident")
    CONTINUOUS = "continuous", _("All the time")


class CitizenPurpose(TextChoices):
    INVESTIGATION = "investigation", _("Criminal investigation")
    PREVENTION = "prevention", _("Crime prevention")
    OWN_SECURITY = "own_security", _("Security independent of the police")
    WATCHING_POLICE = "watching_police", _("Watching the authorities")


class CitizenActivity(TextChoices):
    REPORT = "report", _("Reporting crime")
    INVESTIGATE = "investigate", _("Investigating")
    IDENTIFY_SUSPECTS = "identify_suspects", _("Identifying suspects")
    SELF_DEFENCE_GROUPS = "self_defence_groups", _("Forming vigilante or self-defence groups")
    HUNT_OFFENDERS = "hunt_offenders", _("Hunting sex offenders against minors")
    PREVENT = "prevent", _("Preventing crime")
    WATCH_POLICE = "watch_police", _("Watching the police")


class Initiative(TextChoices):
    TOP_DOWN = "top_down", _("Started by an institution")
    BOTTOM_UP = "bottom_up", _("Started by citizens")
    CO_PRODUCED = "co_produced", _("Started by both together")
    MARKET = "market", _("Sold by a company")


class Participation(TextChoices):
    INFORM = "inform", _("Inform")
    CONSULT = "consult", _("Consult")
    INVOLVE = "involve", _("Involve")
    COLLABORATE = "collaborate", _("Collaborate")
    EMPOWER = "empower", _("Empower")


class Actor(TextChoices):
    POLICE = "police", _("Police and other law enforcement")
    AUTHORITY = "authority", _("Local or regional authority")
    ELECTED_OFFICIAL = "elected_official", _("Elected official")
    PLANNER = "planner", _("Public security planner")
    CITIZEN = "citizen", _("Citizen")
    NEIGHBOURHOOD_GROUP = "neighbourhood_group", _("Neighbourhood group")
    MODERATOR = "moderator", pgettext_lazy("actor", "Moderator of a group")
    MEDIATOR = "mediator", _("Mediator or go-between")
    CIVIL_SOCIETY = "civil_society", _("Civil society organisation")
    RESEARCHER = "researcher", _("Researcher")
    NATIONAL_POLICY_MAKER = "national_policy_maker", _("National policy maker")
    EUROPEAN_POLICY_MAKER = "european_policy_maker", _("European policy maker")
    PROVIDER = "provider", _("Private provider")
    JOURNALIST = "journalist", _("Journalist or media")
    SUSPECT = "suspect", _("Suspect or accused person")
    VICTIM = "victim", _("Victim")
    COMMUNITY = "community", _("Community affected")


class ActorRole(TextChoices):
    INITIATES = "initiates", pgettext_lazy("actor role", "starts it")
    OPERATES = "operates", pgettext_lazy("actor role", "runs it")
    MODERATES = "moderates", pgettext_lazy("actor role", "moderates")
    REPORTS = "reports", pgettext_lazy("actor role", "reports")
    RECEIVES = "receives", pgettext_lazy("actor role", "receives reports")
    VERIFIES = "verifies", pgettext_lazy("actor role", "verifies")
    DECIDES = "decides", pgettext_lazy("actor role", "decides")
    FUNDS = "funds", pgettext_lazy("actor role", "pays")
    TRAINS = "trains", pgettext_lazy("actor role", "trains others")
    MONITORS = "monitors", pgettext_lazy("actor role", "watches over it")
    AFFECTED = "affected", pgettext_lazy("actor role", "is affected")
    OPPOSES = "opposes", pgettext_lazy("actor role", "opposes it")


class EvidenceDimension(TextChoices):
    EFFECT = "effect", pgettext_lazy("evidence", "Effect")
    MECHANISM = "mechanism", pgettext_lazy("evidence", "Mechanism")
    MODERATOR = "moderator", pgettext_lazy("evidence", "Conditions")
    IMPLEMENTATION = "implementation", pgettext_lazy("evidence", "Implementation")
    ECONOMICS = "economics", pgettext_lazy("evidence", "Costs")


class EvidenceDirection(TextChoices):
    SUPPORTS = "supports", pgettext_lazy("evidence", "For")
    MIXED = "mixed", pgettext_lazy("evidence", "Mixed")
    CONTRADICTS = "contradicts", pgettext_lazy("evidence", "Against")
    UNKNOWN = "unknown", pgettext_lazy("evidence", "Unknown")


class EvidenceDesign(TextChoices):
    ANECDOTAL = "anecdotal", _("Anecdote")
    PRACTITIONER_ACCOUNT = "practitioner_account", _("Practitioner’s account")
    MONITORING = "monitoring", _("Monitoring data")
    CASE_STUDY = "case_study", _("Case study")
    QUASI_EXPERIMENT = "quasi_experiment", _("Quasi-experiment")
    CONTROLLED_TRIAL = "controlled_trial", _("Controlled trial")
    SYSTEMATIC_REVIEW = "systematic_review", _("Systematic review")


class RelationType(TextChoices):
    LARGER = "larger", _("Larger than")
    SMALLER = "smaller", _("Part of")
    COMPLEMENTS = "complements", _("Complements")
    CONFLICTS = "conflicts", _("In tension with")
    ALTERNATIVE = "alternative", _("Alternative to")
    PRECEDES = "precedes", _("Comes before")
    FOLLOWS = "follows", _("Comes after")
    MAY_ESCALATE_TO = "may_escalate_to", _("May escalate to")
    ESCALATES_FROM = "escalates_from", _("May grow out of")


INVERSE_RELATION: dict[str, str] = {
    RelationType.LARGER: RelationType.SMALLER,
    RelationType.SMALLER: RelationType.LARGER,
    RelationType.PRECEDES: RelationType.FOLLOWS,
    RelationType.FOLLOWS: RelationType.PRECEDES,
    RelationType.MAY_ESCALATE_TO: RelationType.ESCALATES_FROM,
    RelationType.ESCALATES_FROM: RelationType.MAY_ESCALATE_TO,
    RelationType.COMPLEMENTS: RelationType.COMPLEMENTS,
    RelationType.CONFLICTS: RelationType.CONFLICTS,
    RelationType.ALTERNATIVE: RelationType.ALTERNATIVE,
}


class PracticeExtent(TextChoices):
    BRIEF = "brief", _("Brief entry")
    FULL = "full", _("Full entry")


class PracticeStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    PILOT = "pilot", _("Pilot")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")
    UNKNOWN = "unknown", _("Not known")


class Territory(TextChoices):
    URBAN = "urban", _("City")
    RURAL = "rural", _("Countryside")
    MIXED = "mixed", _("City and countryside")
    MULTI_MUNICIPALITY = "multi_municipality", _("Several municipalities")
    COUNTRY = "country", _("Whole country")


class Strength(TextChoices):
    MAIN = "main", _("Main example")
    ALSO = "also", _("Also shows it")


class Qualifier(TextChoices):
    EXACT = "exact", pgettext_lazy("figure", "as printed")
    ABOUT = "about", pgettext_lazy("figure", "about")
    AT_LEAST = "at_least", pgettext_lazy("figure", "at least")


class CostItem(TextChoices):
    DEVELOPMENT = "development", _("Development")
    LICENCE = "licence", _("Licences")
    STAFF = "staff", _("Staff")
    TRAINING = "training", _("Training")
    MODERATION = "moderation", _("Moderation")
    TRANSLATION = "translation", _("Translation")
    COMMUNICATION = "communication", _("Communication")


class Criterion(TextChoices):
    PROBLEM = "problem_described", _("The problem is described")
    LOGIC = "logic_described", _("How it should work is described")
    OUTCOME = "outcome_or_plausibility", _("There is an evaluation, or a plausible outcome")
    CONTEXT = "context_and_implementation", _("Others could repeat it from this page")


class Verdict(TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")


class EventKind(TextChoices):
    WORKSHOP = "workshop", _("Workshop")
    KICK_OFF = "kick_off", _("Kick-off meeting")
    CONSULTATION = "consultation", _("Consultation")
    TRAINING = "training", _("Training course")
    CONFERENCE = "conference", _("Conference")
    WEBINAR = "webinar", _("Webinar")
    MEETING = "meeting", _("Working group meeting")


class ParticipantCategory(TextChoices):
    LEA = "lea", _("Police and other law enforcement")
    CITIZENS = "citizens", _("Citizens")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    LOCAL_POLICY = "local_policy", _("Local policy makers")
    NATIONAL_POLICY = "national_policy", _("National policy makers")
    EUROPEAN_POLICY = "european_policy", _("European policy makers")
    PLANNERS = "planners", _("Security planners")
    RESEARCHERS = "researchers", _("Researchers")
    INDUSTRY = "industry", _("Industry")
    TARGET_USERS = "target_users", _("People the service is for")


class FindingKind(TextChoices):
    OPPORTUNITY = "opportunity", _("Opportunity")
    CHALLENGE = "challenge", _("Challenge")
    ETHICS = "ethics", _("Ethics")
    LEGAL = "legal", _("Law")
    RESOURCE = "resource", pgettext_lazy("finding", "Resources")
    CONSENSUS = "consensus", _("Consensus")
    DISAGREEMENT = "disagreement", _("Difference")


class FindingStrength(TextChoices):
    ALL = "all", pgettext_lazy("how many participants", "All")
    MANY = "many", pgettext_lazy("how many participants", "Many")
    SOME = "some", pgettext_lazy("how many participants", "Some")
    ONE = "one", pgettext_lazy("how many participants", "One")
    NOT_STATED = "not_stated", _("Strength not stated")


class ReportStatus(TextChoices):
    NONE = "none", _("No report planned")
    ANNOUNCED = "announced", _("Announced")
    DRAFT = "draft", pgettext_lazy("report", "Draft")
    PUBLISHED = "published", _("Published")


class RecommendationStatus(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("recommendation", "Proposed")
    ADOPTED = "adopted", _("Adopted")
    IN_USE = "in_use", _("In use")
    REJECTED = "rejected", _("Rejected")
    SUPERSEDED = "superseded", pgettext_lazy("recommendation", "Superseded")


class FollowingStatus(TextChoices):
    """How far a practice has come with a recommendation."""

    NOT_STATED = "not_stated", pgettext_lazy("status", "Not stated")
    CONSIDERED = "considered", _("Being considered")
    TRIED = "tried", _("Being tried")
    ADOPTED = "adopted", _("Adopted")
    IN_USE = "in_use", _("In use")
    REJECTED = "rejected", _("Rejected")


class ResourceType(TextChoices):
    REPORT = "report", pgettext_lazy("resource", "Report")
    BOOK = "book", _("Book")
    ARTICLE = "article", _("Article")
    WEBPAGE = "webpage", _("Web page")
    SOFTWARE = "software", _("Software")
    DATASET = "dataset", _("Data set")
    TOOLBOX = "toolbox", _("Toolbox")


class OrganisationKind(TextChoices):
    UNIVERSITY = "university", _("University")
    POLICE = "police", _("Police")
    MUNICIPALITY = "municipality", _("Municipality")
    NETWORK = "network", _("Network")
    COMPANY = "company", _("Company")
    RESEARCH = "research", _("Research organisation")
    EU_BODY = "eu_body", _("European body")
    PROJECT = "project", pgettext_lazy("organisation", "Project")
    SOFTWARE = "software", _("Software")


class OrganiserPart(TextChoices):
    ORGANISER = "organiser", _("Organiser")
    HOST = "host", _("Host")
    FUNDER = "funder", _("Funder")


class CollectionKind(TextChoices):
    SEQUENCE = "sequence", _("Sequence")
    COMPARISON = "comparison", _("Comparison")
    READING = "reading", _("Reading path")


class Provenance(TextChoices):
    SEED = "seed", _("From the source texts")
    PROJECT = "project", _("From the project’s publications")
    EDITOR = "editor", _("Written by the editors")
    CONTRIBUTOR = "contributor", _("Sent in by a contributor")


class ChangeKind(TextChoices):
    MINOR = "minor", _("Minor change")
    CONTENT = "content", _("New content")
    CORRECTION = "correction", _("Correction")


class ConsentKind(TextChoices):
    CONTACT = "contact", _("Contact")
    QUOTE = "quote", _("Quote")
    PHOTO = "photo", _("Photo")


class TermScheme(TextChoices):
    ETHICAL_RISK = "ethical_risk", _("Ethical risk")
    ETHICAL_BENEFIT = "ethical_benefit", _("Ethical benefit")
    LEGAL_RISK = "legal_risk", _("Legal risk")
    INSTITUTIONAL_TOOL = "institutional_tool", _("Tool of institutions")
    CITIZEN_TOOL = "citizen_tool", _("Tool of citizens")
    CRIME_TYPE = "crime_type", _("Type of crime")
    READER_ROLE = "reader_role", _("Role of the reader")
