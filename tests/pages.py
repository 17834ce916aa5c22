"""Every page of the application: where it is for a given program, and who may open it.

`tests/test_pages.py` fails when a route is in neither of the two lists below.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db.models import QuerySet
from django.urls import reverse

from accounts.audit import save_record
from accounts.models import User
from accounts.roles import Role
from actors.models import GroupMember
from indicators.models import (
    Assessment,
    CatalogueArea,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    Moment,
)
from indicators.versions import versions_around
from programs.models import (
    Abbreviation,
    Activity,
    Consultation,
    Narrative,
    NarrativeSection,
    Program,
    ProgramSection,
)
from programs.models.invitation import hash_of
from tests.builders import (
    adopt,
    assess,
    make_abbreviation,
    make_activity,
    make_actor,
    make_consultation,
    make_correction,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_group_member,
    make_invitation,
    make_narrative,
    make_output,
    make_phase,
    make_program_section,
    make_recommendation,
    make_report,
    make_section,
    make_source,
    make_step,
    make_target_group,
    make_working_group,
)
from tests.catalogue import furnish_catalogue

MEMBERS = frozenset(Role)
TEAM = frozenset({Role.EXPERT, Role.CONSULTANT})
TEAM_AND_TOWN = TEAM | {Role.TOWN}
ANSWERING = frozenset({Role.CONSULTANT, Role.TOWN})
METHODOLOGISTS = frozenset({Role.METHODOLOGIST})
PARTNERS = MEMBERS - {Role.READER}
CONSULTANTS = frozenset({Role.CONSULTANT})
OPERATOR = "operator"
"""Whoever runs the application, a superuser; stands among roles here."""
OPERATORS = frozenset({OPERATOR})
TOKEN = "pozvanka-na-zkousku"
"""The secret in the link of the invitation that pages show."""

Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """A route that shows a whole page.

    `roles` may open it; people in the other roles of the program are refused. Without
    roles it is a page for somebody who has not signed in. `arguments` finds what stands in
    the address; None says that the program has no such record.
    """

    route: str
    roles: frozenset[str]
    arguments: Callable[[Program], Arguments | None]

    @property
    def name(self) -> str:
        """The route as a name of a file."""
        return self.route.replace(":", "-").replace("_", "-")

    def path(self, program: Program) -> str | None:
        """The address of the page, or None when the program has no record to show there."""
        arguments = self.arguments(program)
        return None if arguments is None else reverse(self.route, kwargs=dict(arguments))


def _nothing(program: Program) -> Arguments:
    return {}


def _program(program: Program) -> Arguments:
    return {"slug": program.slug}


def _key(records: QuerySet[Any]) -> Arguments | None:
    record = records.first()
    return None if record is None else {"pk": record.pk}


def _goal(program: Program) -> Arguments | None:
    return _within(program, _key(program.goal_set.exclude(code="")))


def _output(program: Program) -> Arguments | None:
    return _within(program, _key(program.output_set.all()))


def _report(program: Program) -> Arguments | None:
    return _within(program, _key(program.reports.all()))


def _rendering(program: Program) -> Arguments:
    """The form that is drawn soonest."""
    return {"slug": program.slug, "form": "json"}


def _step(program: Program) -> Arguments | None:
    return _within(program, _key(program.schedulestep_set.all()))


def _indicator(program: Program) -> Arguments | None:
    return _within(program, _key(Indicator.objects.of_program(program)))


def _adopted(program: Program) -> Arguments | None:
    return _within(program, _key(program.adopted_criteria.all()))


def _interim(program: Program) -> Arguments | None:
    interims = Assessment.objects.filter(adopted__program=program, moment=Moment.INTERIM)
    return _within(program, _key(interims))


def _activity(program: Program) -> Arguments | None:
    return _within(program, _key(Activity.objects.filter(phase__program=program)))


def _consultation(program: Program) -> Arguments | None:
    return _within(program, _key(Consultation.objects.filter(program=program)))


def _actor(program: Program) -> Arguments | None:
    return _within(program, _key(program.actors.all()))


def _working_group(program: Program) -> Arguments | None:
    return _within(program, _key(program.working_groups.filter(members__isnull=False)))


def _group_member(program: Program) -> Arguments | None:
    group = _working_group(program)
    if group is None:
        return None
    seat = GroupMember.objects.filter(group=group["pk"]).first()
    return None if seat is None else {**group, "member": seat.pk}


def _target_group(program: Program) -> Arguments | None:
    return _within(program, _key(program.target_groups.all()))


def _source(program: Program) -> Arguments | None:
    return _within(program, _key(program.source_set.all()))


def _figure(program: Program) -> Arguments | None:
    return _within(program, _key(program.contextfigure_set.all()))


def _own_abbreviation(program: Program) -> Arguments | None:
    return _within(program, _key(Abbreviation.objects.filter(program=program)))


def _phase(program: Program) -> Arguments | None:
    phase = program.phase_set.first()
    return _within(program, None if phase is None else {"position": phase.position})


def _phase_key(program: Program) -> Arguments | None:
    return _within(program, _key(program.phase_set.all()))


def _section(program: Program) -> Arguments | None:
    return _within(program, _key(ProgramSection.objects.filter(program=program)))


def _narrative_section(program: Program) -> Arguments | None:
    return _key(NarrativeSection.objects.all())


def _written_section(program: Program) -> Arguments | None:
    plan = ProgramSection.objects.filter(program=program).first()
    return _within(program, None if plan is None else {"section": plan.section.code})


def _narrative(program: Program) -> Arguments | None:
    return _within(program, _key(Narrative.objects.filter(program=program)))


def _evidence(program: Program) -> Arguments | None:
    return _within(program, _key(program.evidence_set.all()))


def _recommendation(program: Program) -> Arguments | None:
    return _within(program, _key(program.recommendation_set.all()))


def _theme(program: Program) -> Arguments:
    return {"pk": program.theme_id}


def _municipality(program: Program) -> Arguments:
    return {"pk": program.locality.municipality_id}


def _locality(program: Program) -> Arguments:
    return {"pk": program.locality_id}


def _abbreviation(program: Program) -> Arguments | None:
    return _key(Abbreviation.objects.filter(program__isnull=True))


def _catalogue(program: Program) -> Arguments | None:
    return _key(CriteriaCatalogue.objects.filter(areas__criteria__adoptions__program=program))


def _later_catalogue(program: Program) -> Arguments | None:
    current = CriteriaCatalogue.objects.of_program(program)
    later, _earlier = versions_around(current) if current else ([], [])
    return _within(program, {"pk": later[0].pk} if later else None)


def _draft(program: Program) -> Arguments | None:
    return _key(CriteriaCatalogue.objects.filter(published_on__isnull=True))


def _published(program: Program) -> Arguments | None:
    return _key(CriteriaCatalogue.objects.published())


def _draft_area(program: Program) -> Arguments | None:
    return _key(CatalogueArea.objects.filter(catalogue__published_on__isnull=True))


def _draft_criterion(program: Program) -> Arguments | None:
    return _key(Criterion.objects.filter(area__catalogue__published_on__isnull=True))


def _draft_indicator(program: Program) -> Arguments | None:
    return _key(Indicator.objects.filter(criterion__area__catalogue__published_on__isnull=True))


def _link_from_mail(program: Program) -> Arguments | None:
    """The link of a message about a forgotten password, as a member of the program gets it."""
    user = User.objects.filter(memberships__program=program).first()
    if user is None:
        return None
    return {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}


def _member(program: Program) -> Arguments | None:
    """A membership that pages show to others than its holder."""
    members = program.membership_set.exclude(role=Role.CONSULTANT)
    return _within(program, _key(members))


def _invitation(program: Program) -> Arguments | None:
    return _within(program, _key(program.invitations.filter(token_hash=hash_of(TOKEN))))


def _link_of_invitation(program: Program) -> Arguments | None:
    return None if _invitation(program) is None else {"token": TOKEN}


def _user(program: Program) -> Arguments | None:
    return _key(User.objects.filter(memberships__program=program).order_by("pk"))


def _membership(program: Program) -> Arguments | None:
    membership = program.membership_set.order_by("user").first()
    return None if membership is None else {"pk": membership.user_id, "membership": membership.pk}


def _within(program: Program, arguments: Arguments | None) -> Arguments | None:
    return None if arguments is None else {**_program(program), **arguments}


PAGES = (
    # Signing in
    Page("account_login", frozenset(), _nothing),
    Page("account_inactive", frozenset(), _nothing),
    Page("account_reset_password", frozenset(), _nothing),
    Page("account_reset_password_done", frozenset(), _nothing),
    Page("account_reset_password_from_key", frozenset(), _link_from_mail),
    Page("account_reset_password_from_key_done", frozenset(), _nothing),
    Page("invitation_accept", frozenset(), _link_of_invitation),
    # Open to everybody, as those who are just invited may need it
    Page("help_page", frozenset(), _nothing),
    # One's own account and programs
    Page("account_logout", MEMBERS, _nothing),
    Page("account_change_password", MEMBERS, _nothing),
    Page("profile", MEMBERS, _nothing),
    Page("programs:program_list", MEMBERS, _nothing),
    Page("my_work", MEMBERS, _nothing),
    Page("search", MEMBERS, _nothing),
    Page("program_found", CONSULTANTS | OPERATORS, _nothing),
    # The program
    Page("program_detail", MEMBERS, _program),
    Page("programs:program_history", MEMBERS, _program),
    Page("programs:goal_list", MEMBERS, _program),
    Page("programs:goal_add", TEAM, _program),
    Page("programs:goal_edit", TEAM, _goal),
    Page("programs:goal_evaluate", TEAM, _goal),
    Page("programs:goal_delete", TEAM, _goal),
    Page("programs:goal_renumber", TEAM, _program),
    Page("programs:goal_history", MEMBERS, _goal),
    Page("programs:output_list", MEMBERS, _program),
    Page("programs:output_add", TEAM, _program),
    Page("programs:output_edit", TEAM, _output),
    Page("programs:output_delete", TEAM, _output),
    Page("programs:output_history", MEMBERS, _output),
    Page("programs:schedule_detail", MEMBERS, _program),
    Page("programs:step_add", TEAM, _program),
    Page("programs:step_edit", TEAM, _step),
    Page("programs:step_delete", TEAM, _step),
    Page("programs:step_history", MEMBERS, _step),
    Page("programs:course_detail", MEMBERS, _program),
    Page("programs:phase_add", TEAM, _program),
    Page("programs:phase_edit", TEAM, _phase_key),
    Page("programs:phase_delete", TEAM, _phase_key),
    Page("programs:phase_comment", TEAM, _phase),
    Page("programs:phase_history", MEMBERS, _phase),
    Page("programs:activity_add", TEAM, _phase),
    Page("programs:activity_detail", MEMBERS, _activity),
    Page("programs:activity_edit", TEAM, _activity),
    Page("programs:activity_delete", TEAM, _activity),
    Page("programs:activity_history", MEMBERS, _activity),
    Page("programs:consultation_list", MEMBERS, _program),
    Page("programs:consultation_statistics", MEMBERS, _program),
    Page("programs:consultation_add", TEAM, _program),
    Page("programs:consultation_detail", MEMBERS, _consultation),
    Page("programs:consultation_edit", TEAM, _consultation),
    Page("programs:consultation_delete", TEAM, _consultation),
    Page("programs:consultation_history", MEMBERS, _consultation),
    Page("programs:actor_list", MEMBERS, _program),
    Page("programs:actor_add", TEAM, _program),
    Page("programs:actor_take", TEAM, _program),
    Page("programs:actor_detail", MEMBERS, _actor),
    Page("programs:actor_edit", TEAM, _actor),
    Page("programs:actor_leave", TEAM, _actor),
    Page("programs:actor_delete", TEAM, _actor),
    Page("programs:actor_history", MEMBERS, _actor),
    Page("programs:working_group_list", MEMBERS, _program),
    Page("programs:working_group_add", TEAM, _program),
    Page("programs:working_group_take", TEAM, _program),
    Page("programs:working_group_detail", MEMBERS, _working_group),
    Page("programs:working_group_edit", TEAM, _working_group),
    Page("programs:working_group_leave", TEAM, _working_group),
    Page("programs:working_group_delete", TEAM, _working_group),
    Page("programs:working_group_history", MEMBERS, _working_group),
    Page("programs:group_member_add", TEAM, _working_group),
    Page("programs:group_member_edit", TEAM, _group_member),
    Page("programs:group_member_delete", TEAM, _group_member),
    Page("programs:group_member_history", MEMBERS, _group_member),
    Page("programs:target_group_list", MEMBERS, _program),
    Page("programs:target_group_add", TEAM, _program),
    Page("programs:target_group_take", TEAM, _program),
    Page("programs:target_group_detail", MEMBERS, _target_group),
    Page("programs:target_group_edit", TEAM, _target_group),
    Page("programs:target_group_leave", TEAM, _target_group),
    Page("programs:target_group_delete", TEAM, _target_group),
    Page("programs:target_group_history", MEMBERS, _target_group),
    Page("programs:source_list", MEMBERS, _program),
    Page("programs:source_add", TEAM, _program),
    Page("programs:source_edit", TEAM, _source),
    Page("programs:source_delete", TEAM, _source),
    Page("programs:source_history", MEMBERS, _source),
    Page("programs:figure_list", MEMBERS, _program),
    Page("programs:figure_add", TEAM, _program),
    Page("programs:figure_edit", TEAM, _figure),
    Page("programs:figure_delete", TEAM, _figure),
    Page("programs:figure_history", MEMBERS, _figure),
    Page("programs:abbreviation_list", MEMBERS, _program),
    Page("programs:abbreviation_add", TEAM, _program),
    Page("programs:abbreviation_edit", TEAM, _own_abbreviation),
    Page("programs:abbreviation_delete", TEAM, _own_abbreviation),
    Page("programs:abbreviation_history", MEMBERS, _own_abbreviation),
    Page("indicators:indicator_list", MEMBERS, _program),
    Page("indicators:indicator_detail", MEMBERS, _indicator),
    Page("indicators:indicator_edit", TEAM_AND_TOWN, _indicator),
    Page("indicators:interim_add", TEAM, _indicator),
    Page("indicators:interim_delete", TEAM, _interim),
    Page("indicators:indicator_history", MEMBERS, _indicator),
    Page("indicators:adopted_criterion_list", MEMBERS, _program),
    Page("indicators:adopted_criterion_add", TEAM, _program),
    Page("indicators:adopted_criterion_edit", TEAM, _adopted),
    Page("indicators:adopted_criterion_delete", TEAM, _adopted),
    Page("indicators:adopted_criterion_history", MEMBERS, _adopted),
    Page("indicators:catalogue_move", TEAM, _later_catalogue),
    Page("indicators:recommendation_list", MEMBERS, _program),
    Page("indicators:recommendation_add", TEAM, _program),
    Page("indicators:recommendation_detail", MEMBERS, _recommendation),
    Page("indicators:recommendation_edit", TEAM, _recommendation),
    Page("indicators:recommendation_respond", ANSWERING, _recommendation),
    Page("indicators:recommendation_follow_up", TEAM_AND_TOWN, _recommendation),
    Page("indicators:recommendation_delete", TEAM, _recommendation),
    Page("indicators:recommendation_history", MEMBERS, _recommendation),
    Page("indicators:evidence_list", MEMBERS, _program),
    Page("indicators:evidence_add", TEAM_AND_TOWN, _program),
    Page("indicators:evidence_edit", TEAM_AND_TOWN, _evidence),
    Page("indicators:evidence_delete", TEAM_AND_TOWN, _evidence),
    Page("indicators:evidence_history", MEMBERS, _evidence),
    Page("reporting:report_preview", MEMBERS, _program),
    Page("reporting:rendering_detail", MEMBERS, _rendering),
    Page("reporting:report_check", PARTNERS, _program),
    Page("reporting:report_comparison", PARTNERS, _program),
    Page("reporting:report_list", MEMBERS, _program),
    Page("reporting:report_add", TEAM, _program),
    Page("reporting:report_edit", TEAM, _report),
    Page("reporting:report_delete", TEAM, _report),
    Page("reporting:report_history", MEMBERS, _report),
    # Texts and settings
    Page("programs:narrative_list", MEMBERS, _program),
    Page("programs:narrative_add", TEAM, _written_section),
    Page("programs:narrative_edit", TEAM, _narrative),
    Page("programs:narrative_delete", TEAM, _narrative),
    Page("programs:narrative_history", MEMBERS, _narrative),
    Page("programs:program_edit", TEAM, _program),
    Page("programs:program_delete", CONSULTANTS, _program),
    Page("programs:frame_history", MEMBERS, _program),
    Page("programs:section_list", MEMBERS, _program),
    Page("programs:section_edit", TEAM, _section),
    Page("programs:section_drop", TEAM, _section),
    Page("programs:section_history", MEMBERS, _section),
    # The team
    Page("programs:member_list", PARTNERS, _program),
    Page("programs:member_edit", CONSULTANTS, _member),
    Page("programs:member_remove", CONSULTANTS, _member),
    Page("programs:member_history", PARTNERS, _member),
    Page("programs:member_leave", MEMBERS, _program),
    Page("programs:invitation_add", CONSULTANTS, _program),
    Page("programs:invitation_withdraw", CONSULTANTS, _invitation),
    # People, for the operator
    Page("user_list", OPERATORS, _nothing),
    Page("user_invite", OPERATORS, _nothing),
    Page("user_detail", OPERATORS, _user),
    Page("user_deactivate", OPERATORS, _user),
    Page("membership_add", OPERATORS, _user),
    Page("membership_edit", OPERATORS, _membership),
    Page("membership_remove", OPERATORS, _membership),
    # Code lists
    Page("narrative_section_add", METHODOLOGISTS, _nothing),
    Page("narrative_section_edit", METHODOLOGISTS, _narrative_section),
    Page("code_lists", METHODOLOGISTS, _nothing),
    Page("catalogue_detail", METHODOLOGISTS, _catalogue),
    Page("catalogue_history", METHODOLOGISTS, _catalogue),
    Page("catalogue_add", METHODOLOGISTS, _nothing),
    Page("catalogue_edit", METHODOLOGISTS, _draft),
    Page("catalogue_publish", METHODOLOGISTS, _draft),
    Page("catalogue_delete", METHODOLOGISTS, _draft),
    Page("catalogue_next_version", METHODOLOGISTS, _published),
    Page("catalogue_area_add", METHODOLOGISTS, _draft),
    Page("catalogue_area_edit", METHODOLOGISTS, _draft_area),
    Page("catalogue_area_delete", METHODOLOGISTS, _draft_area),
    Page("criterion_add", METHODOLOGISTS, _draft_area),
    Page("criterion_edit", METHODOLOGISTS, _draft_criterion),
    Page("criterion_delete", METHODOLOGISTS, _draft_criterion),
    Page("catalogue_indicator_add", METHODOLOGISTS, _draft_criterion),
    Page("catalogue_indicator_edit", METHODOLOGISTS, _draft_indicator),
    Page("catalogue_indicator_delete", METHODOLOGISTS, _draft_indicator),
    Page("municipality_list", METHODOLOGISTS, _nothing),
    Page("municipality_add", METHODOLOGISTS, _nothing),
    Page("municipality_detail", METHODOLOGISTS, _municipality),
    Page("municipality_edit", METHODOLOGISTS, _municipality),
    Page("municipality_delete", METHODOLOGISTS, _municipality),
    Page("municipality_history", METHODOLOGISTS, _municipality),
    Page("locality_add", METHODOLOGISTS, _municipality),
    Page("locality_edit", METHODOLOGISTS, _locality),
    Page("locality_delete", METHODOLOGISTS, _locality),
    Page("locality_history", METHODOLOGISTS, _locality),
    Page("theme_history", METHODOLOGISTS, _theme),
    Page("abbreviation_history", METHODOLOGISTS, _abbreviation),
    Page("theme_add", METHODOLOGISTS, _nothing),
    Page("theme_edit", METHODOLOGISTS, _theme),
    Page("abbreviation_add", METHODOLOGISTS, _nothing),
    Page("abbreviation_edit", METHODOLOGISTS, _abbreviation),
)

# Routes that show no page of their own.
NO_PAGES = frozenset(
    {
        "home",  # leads to the list of programs
        "account_set_password",  # for an account without a password; others change theirs
        "set_language",  # takes the switch in the header and leads back
        "narrative_preview",  # a text as the report will show it
        "draft_save",  # keeps what somebody is typing
        "draft_discard",  # a button, which leads back to the form
        "programs:narrative_move",  # buttons of the list of texts
        "programs:section_move",  # buttons of the list of sections
        "programs:version_restore",  # a button of a history
        "programs:record_undelete",  # a button of a history
        "programs:output_move",  # a button in the list of outputs
        "programs:step_move",  # a button in the schedule
        "programs:goal_move",  # a button in the list of goals
        "code_list_restore",  # a button of a history
        "programs:source_move",  # a button in the list of sources
        "programs:figure_move",  # a button in the list of figures
        "programs:group_member_move",  # a button of the members of a group
        "programs:phase_layout",  # a button of a program without phases
        "programs:activity_move",  # buttons of the list of activities
        "programs:activity_release",  # a button of an activity
        "programs:invitation_resend",  # a button of the team
        "user_activate",  # a button of a person
        "user_reset_password",  # a button of a person
        "programs:consultation_phase",  # a sentence inside the form of a consultation
        "programs:consultation_naming",  # another sentence there
        "programs:consultation_group",  # begins with what was ticked in the log
        "programs:consultation_attach",  # a button of that form
        "catalogue_version_restore",  # a button of the history of a catalogue
        "catalogue_undelete",  # a button of the history of a catalogue
        "criterion_move",  # buttons of a draft of the catalogue
        "catalogue_indicator_move",  # buttons of a draft of the catalogue
        "indicators:adopted_criterion_move",  # buttons of the list of criteria
        "indicators:indicator_row",  # a row of the list of indicators
        "indicators:recommendation_move",  # a button of the list
        "indicators:evidence_move",  # a button of the list
        "indicators:evidence_file",  # a file to download
        "indicators:evidence_archive",  # a file to download
        "indicators:indicator_rate",  # a key in a cell of the list
        "indicators:indicators_rate",  # a level for all ticked rows of the list
        "indicators:indicators_keep",  # the baseline level as the final one, for ticked rows
        "indicators:indicators_plan",  # who looks after the criteria of ticked rows
        "indicators:statement_edit",  # a form inside a row of the list
        "reporting:report_file",  # a file to download
        "reporting:rendering_retry",  # a button of a file that could not be drawn
    }
)


def pages_of(role: str | None) -> list[Page]:
    """What a role may open; None stands for somebody who has not signed in."""
    return [page for page in PAGES if (role in page.roles if role else not page.roles)]


def furnish(program: Program, criterion: Criterion | None = None) -> None:
    """Give a program at least one of everything that a page shows.

    The criterion it takes is of a catalogue that is not published yet; one is made when
    none is given.
    """
    goal = make_goal(program, "1.1", short_title="Zapojení obyvatel")
    actor = make_actor(program, "Městská policie")
    group = make_target_group(program, "Rodiče a rodiny")
    working_group = make_working_group(program, "Pracovní skupina prevence")
    make_group_member(working_group, function="vedoucí odboru", actor=actor)
    source = make_source(program, name="Strategický plán", author="Město", year=2022)
    save_record(goal, by=None, links={"sources": [source]})
    make_figure(program, name="Počet obyvatel", value=22695, unit="obyvatel")
    make_abbreviation(program, "KPK", expansion="komise prevence kriminality")
    phase = make_phase(program, expert_comment="Fáze proběhla podle plánu.")
    activity = make_activity(phase, goals=[goal], actors=[actor], text="Popis aktivity.")
    make_consultation(program, goals=[goal], actors=[actor], counts={group: 3}, activity=activity)
    evidence = make_evidence(program, description="Zápis z jednání.")
    activity.evidence.add(evidence)
    recommendation = make_recommendation(
        program,
        goals=[goal],
        activity=activity,
        finding="Co se zjistilo.",
        conclusion="Co z toho vyplývá.",
        due_on=date(2024, 1, 31),
        response="partly",
        response_reason="Na celé nejsou peníze.",
    )
    make_output(program, goals=[goal], recommendations=[recommendation])
    make_step(program)
    make_report(program, reference_number="MUL/1234/2024", dated_on=date(2024, 7, 15))
    criterion = criterion or make_criterion(indicator_count=2)
    adopted = adopt(program, criterion)
    for indicator in criterion.indicators.all():
        for moment, expert, town in ((Moment.BASELINE, 1, 2), (Moment.FINAL, 3, 2)):
            statement = f"Slovní popis, {moment.label}."
            assessment = assess(
                adopted, indicator, moment, expert=expert, town=town, statement=statement
            )
            if moment == Moment.BASELINE:
                make_correction(assessment)
    assess(
        adopted,
        indicator,
        Moment.INTERIM,
        as_of=date(2024, 2, 1),
        expert=2,
        statement="Uprostřed programu.",
    )
    furnish_catalogue(criterion.area.catalogue)
    beginning = make_section("vychodiska-zkouska", 900, "Východiska")
    end = make_section("zaver-zkouska", 901, "Závěr")
    end.counterpart = beginning
    save_record(end, by=None)
    for position, section in enumerate((end, beginning), start=1):
        make_program_section(program, position, section)
        make_narrative(program, section, text="**Zjištění** a co z nich plyne.")
    make_narrative(program, end, position=2, topic="Bydlení", text="")
    make_invitation(program, token_hash=hash_of(TOKEN))
    shared = Abbreviation(
        abbreviation="SVL", forms=["SVL"], expansion="sociálně vyloučená lokalita"
    )
    save_record(shared, by=None)
