"""What holds nothing about somebody with an account, and why."""

from ..tables import nothing_personal

PUBLISHED = "What editors publish. Somebody who is named there asks them: see `community.personal.named`."
WORDS = "Words that editors keep for the whole site."
STRUCTURE = "Structure of the site, without anything that people typed about people."
COPY = "A part of a published page, kept apart so that it can be translated or found."

nothing_personal(
    PUBLISHED,
    "portal.HomePage",
    "portal.StandardPage",
    "patterns.CollectionIndexPage",
    "patterns.CollectionPage",
    "patterns.PatternIndexPage",
    "patterns.PatternGroupPage",
    "patterns.PatternPage",
    "patterns.PatternRelation",
    "practices.PracticeIndexPage",
    "practices.PracticePage",
    "practices.PracticePattern",
    "workshops.WorkshopIndexPage",
    "workshops.WorkshopSeriesPage",
    "workshops.WorkshopPage",
    "workshops.RecommendationIndexPage",
    "workshops.RecommendationPage",
    "workshops.RecommendationPractice",
    "library.GlossaryPage",
    "library.GlossaryTerm",
    "library.NewsIndexPage",
    "library.NewsPage",
    "library.CallPage",
    "library.ProjectPage",
    "library.ResourceIndexPage",
    "library.ResourcePage",
    "library.TopicIndexPage",
    "library.TopicPage",
    "portal.PageSource",
    "portal.PageFacet",
)
nothing_personal(
    "Somebody who agreed in writing to be named; withdrawing the consent takes the name off every page. Editors keep "
    "it, since it binds no account.",
    "portal.Person",
    "portal.Consent",
    "practices.PracticeContact",
    "library.CallContact",
)
nothing_personal("Whom moderators call in danger, as the organisation names them.", "community.DutyContact")
nothing_personal(
    WORDS,
    "portal.Term",
    "portal.Organisation",
    "portal.Platform",
    "search.AskedAs",
    "search.Pick",
    "search.Synonym",
    "search.Trait",
    "translation.TermUse",
    "community.CannedReply",
    "community.WatchedWord",
    "taggit.Tag",
)
nothing_personal(
    COPY,
    "portal.TranslationState",
    "translation.CarriedRestriction",
    "translation.MadeFrom",
    "translation.TranslationStatus",
    "wagtail_localize.TranslationSource",
    "wagtail_localize.String",
    "wagtail_localize.TranslationContext",
    "wagtail_localize.Template",
    "wagtail_localize.StringSegment",
    "wagtail_localize.OverridableSegment",
    "wagtailsearch.IndexEntry",
    "wagtailsearch.SQLiteFTSIndexEntry",
    "wagtailsearch_indexentry_fts",
    "wagtailcore.ReferenceIndex",
    "portal.PortalRendition",
    "wagtailimages.Rendition",
    "wagtailembeds.Embed",
    "printing.Book",
    "content.LoadedRecord",
)
nothing_personal(
    STRUCTURE,
    "portal.Stamp",
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "sites.Site",
    "wagtailcore.Site",
    "wagtailcore.Locale",
    "wagtailcore.Collection",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.PageViewRestriction",
    "wagtailcore.Workflow",
    "wagtailcore.Task",
    "wagtailredirects.Redirect",
    "django_comments_xtd.BlackListedDomain",
    "django_migrations",
)
