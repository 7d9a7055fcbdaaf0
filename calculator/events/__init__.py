"""What happens at each kind of event of a life: one function an event, in the groups in which people look for them.

Each takes the judge, who carries the life along, and the event as told. It asks the law of the event's day and place and
leaves the findings with the judge.
"""

from calculator.events import abroad, age, army, schemes, work

#: By the name of the event in the facts (:data:`calculator.facts.EVENTS`).
JUDGED = {
    function.__name__: function
    for function in (
        work.leave_job,
        work.employer_arrears,
        work.move,
        work.resume,
        schemes.first_time,
        schemes.switch_scheme,
        schemes.resident_rejoin,
        schemes.newborn,
        schemes.insured_twice,
        abroad.settle_abroad,
        abroad.lose_nationality,
        abroad.study_abroad,
        abroad.foreigner_leaves,
        abroad.come_back,
        army.enlist,
        army.discharge,
        age.retire,
        age.retire_elsewhere,
        age.die,
        age.missing,
    )
}
