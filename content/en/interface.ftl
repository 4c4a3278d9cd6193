# Every word of the interface that is not advice. One message a line; { $name } is filled in by the bot.
# How to translate: copy this folder, keep the ids and the names in braces. See docs/content-guide.md.

## Warning signs, on every card

stop-title = Before anything else: do you have any of these?
stop-not-sure = If you’re not sure, treat it as a yes.
stop-yes = Yes, or not sure
stop-all = All warning signs
signs-on-card-emergency = Call your emergency number:
signs-on-card-urgent = Be seen today:
signs-on-card-clinician = See a doctor or physio within days:
signs-shared = Stop and get help if you have any of these:
signs-anywhere = Whatever hurts
signs-open = What belongs to these?
signs-title = { $area }: all warning signs
signs-emergency = Call your emergency number now
signs-urgent = Be seen today
signs-clinician = See a doctor or physio within days

## "Yes, or not sure"

now-emergency = Emergency, or not sure
now-urgent = Be seen today
now-clinician = Within days
now-foot = Mild, or gone again? A sign still counts.
now-others = Even mild or gone, it counts. Mine was:

## Feeling ill, or something else, and the everyday pages

unwell = I feel ill, or something else
unwell-title = Do you have any of these?
unwell-somebody = For somebody else
unwell-ask = None of these, but ill or worried?
unwell-very-ill = Very ill, or getting worse fast? Call your emergency number, whatever the list says.
unwell-not-sure = Ill, and not sure how bad? Ring your doctor today, or an out-of-hours line. In the UK that is 111.
unwell-fever = Fever, a chesty cough or a stomach bug? No running until you are well again.
unwell-everyday = What else runners ask about
unwell-first = Very ill? Call, whatever the list says.
unwell-worried = Ill, or worried?
unwell-through = Go through these
everyday-emergency = Call your emergency number now:
everyday-urgent = Be seen today:
everyday-clinician = See a doctor within days:
everyday-foot = General knowledge, not a diagnosis.
several-title = { $count ->
    [one] “{ $text }”: is it this?
   *[other] “{ $text }”: which one?
}

## The card for an area

card-helps = What helps
card-causes = Why it hurts
card-check = Check my symptoms
card-run = Can I run?
card-log = Log it
card-avoid = What not to do
card-seen = When to be seen
card-sources = Sources
card-share = Share
card-none-apply = None of these apply to me
card-screen-first = What helps opens after the check, or after all warning signs.
card-foot = General information, not a diagnosis.
helps-title = { $area }: what helps
helps-gentle = Gentle ones to start with, if they don’t hurt:
helps-more = More exercises
helps-exercises = Exercises
helps-moment = Small things to try: when?
helps-before = Before a run
helps-during = During a run
helps-after = After a run
helps-desk = At the desk
helps-strength = Getting stronger
helps-sleep = For the night
helps-plan = Planning your week
helps-everyday = Every day
helps-foot = Stop if it hurts more.
helps-tips = { $area }: { $moment }
exercise-ways = Easier or harder
exercise-picture = Picture, easier, harder
exercise-feel = *You should feel it:* { $text }
exercise-easier = *Easier:* { $text }
exercise-harder = *Harder:* { $text }
evidence-good = Good evidence
evidence-some = Some evidence
evidence-weak = Early or weak evidence
evidence-opinion = Expert opinion, not tested in studies
causes-title = { $area }: why it hurts
causes-choose = Another cause
causes-change = **Try:** { $change }
causes-foot = Common patterns, not a diagnosis.
cleared-title = { $area }: what you can do
cleared-intro = Has a warning sign turned up since? Then stop and get seen.
cleared-choose = Choose an exercise
cleared-running = Running with it
cleared-foot = Pain while you exercise: { $ceiling } out of 10 at most, and no worse next morning. Above that, do less or stop.
running-title = { $area }: running with it
seen-title = { $area }: when to be seen
avoid-title = { $area }: what not to do
avoid-foot = Already done one of these, and it got worse? Ease off, and read the warning signs again.
sources-title = { $area }: sources
sources-foot = Reviewed { $reviewed }. { $by }
source-head = { $authors } { $year }. { $title }.
source-grade = { $where } · { $grade }
grade-guideline = guideline
grade-review = review of studies
grade-trial = randomised trial
grade-cohort = people followed over time
grade-lab = laboratory or small study
grade-expert = expert opinion
grade-house = our own cautious choice
checked-read = we read its abstract or text
checked-second-hand = we read a summary of it
checked-not-yet = not yet checked by us
page = Page { $number } of { $pages }
page-back = Back
page-next = Next

## Dose

dose-reps = { $count } times
dose-seconds = { $count } seconds
dose-minutes = { $count } minutes
dose-sets = { $sets } × { $much }
dose-each-side = { $much } each side
dose-hold = { $much }, hold { $seconds } seconds
dose-per-day = { $count } a day
dose-per-week = { $count } days a week
dose-weeks = for { $count } weeks

## Sharing

share-nobody = There is nobody else in this chat to share it with. Try it in your club’s channel.
share-kept-private = Discord keeps my answers private in this place, so only you can see this. In a server that has added me, sharing works.

## Tips

tip-place = { $area } · { $moment }
moment-before = before a run
moment-during = during a run
moment-after = after a run
moment-desk = at the desk
moment-strength = strength
moment-sleep = sleep
moment-plan = planning the week
moment-everyday = every day
tip-another = Another tip
tip-area = { $area }: full advice
tip-source = Source: { $sources }
tip-stop = Stop if it hurts more. Chest pain, fainting, or a limb that goes weak or numb: call your emergency number.

## Routines

routine-minutes = { $what } · { $steps ->
    [one] 1 step
   *[other] { $steps } steps
}, { $minutes } min
routine-line = { $name } · { $length }
routine-seconds = { $seconds } s
routine-each-side = { $seconds } s each side
routine-kind-loosening = Loosening
routine-kind-strength = Light strength
routine-kind-rest = Rest
routine-moment-before-run = Before a run
routine-moment-after-run = After a run
routine-moment-desk = At the desk
routine-moment-bed = Before bed
routine-moment-anytime = Any time
routine-when = When do you want to stretch?
routine-when-text = Move before a run. Hold stretches after it, at the desk or before bed. For one sore place, type it: /stretch neck.
routine-why = Stretching eases stiffness and helps you bend further. It makes next to no difference to sore muscles, and nobody has shown that it keeps injuries away.
routine-held = Your stretches are on hold
routine-start = Start
routine-finish = Finish
routine-again = Start again
routine-other = { $name }, { $minutes } min
routine-place = Step { $number } of { $steps } · { $length }
routine-stop = Stop at once if it hurts, tingles or makes you dizzy. Chest pain, fainting, a weak or numb limb: call your emergency number.
routine-done = Done
routine-done-text = Nice work. If something hurts more than before you began, leave it out next time and look it up with /pain.

## The symptom check

check-where = Where does it hurt most?
check-where-choose = Choose a place
check-none = None of these
check-unsure = Not sure
check-back = Back
check-anything-else = Anything else from these?
check-nothing-else = Nothing else
check-that-is-all = That is all
check-which-unsure = Which one are you not sure about?
check-not-sure-about = Not sure: { $answer }
check-contradiction = These two don’t go together. Which one is right?
check-both = I can’t say
check-urgent-so-far = Now a few more questions, in case something more serious is behind it.
check-logged = Pain { $pain } out of 10, from your check-in. Different now? /triage asks again.
check-pain = How bad is the pain now?
check-pain-level = { $level ->
    [0] 0: no pain
    [10] 10: the worst you can imagine
   *[other] { $level }
}
check-gone = I no longer have your answers. They are kept for half an hour, or until I restart.
check-again = New check
light-emergency = Red: get help now
light-urgent = Red: be seen today
light-clinician = Red: stop and see someone
light-modify = Amber: ease off
light-continue = Green: carry on, and watch it
result-name = { $reason }.
result-said = You said: “{ $said }”.
result-not-sure = { $reason } (not sure)
result-unsure = You were not sure about: “{ $said }”.
result-crisis = You matter. Please talk to somebody now.
result-plan = What to do
result-often = Often it is:
result-bone = A bone could be the cause. Don’t run on it at all, not even with little pain, until it has been checked.
result-no-running = No running for now. What follows is for when you start again.
result-not-until-seen = No running until you have been seen.
result-exercises = Exercises
result-more = More
result-foot = Not a diagnosis · { $content }

## Can I run?

run-where = You want to run. Where does it hurt?
run-during = How much did it hurt on your last run with it?
run-not-run = I haven’t run since it started hurting
run-no = Can you run? No, not now.
run-because = Why
run-see-someone = See a doctor or physio about it within days.
run-limit = Most pain to accept on a run, here: { $ceiling } out of 10.
run-ladder = The way back to running
run-ask = Can I run today?
run-blocked-title = Red: be seen before you run
run-blocked = Your symptom check of { $at } ({ $area }) came to “{ $light }”.
run-blocked-again = Your diary shows two runs in a row that went badly, or one that did after days off.
run-blocked-why = A doctor or physio should look at it first. Until then, don’t run on it, not even a little.
run-seen = I was seen and told I may run
run-seen-ask = Did they say you could run?
run-seen-text = Did a doctor or physio look at this, and say that you may run? Only then is it safe to go on.
run-seen-yes = Yes, I was told so
run-seen-no = No
last-title = Still the same as last time?
last-age = Your age: { $age }
last-conditions = Your health: { $conditions }. Nothing else that I asked about
last-no-conditions = Your health: nothing that I asked about
last-began = How it began: { $began }
last-hint = A new fall, a new illness, new tablets or a pregnancy? Then something changed.
last-same = Yes, still right
last-changed = Something changed
lasting-ask = A shorter check next time?
lasting-text = Shall I keep your age, your health conditions and how the pain began, locked like your diary? Then I only ask whether they’re still right. /privacy shows or deletes them. Until you say yes, they aren’t kept.
lasting-yes = Yes, keep them
lasting-no = No, as before
lasting-kept = Kept. Next time I only ask whether they are still right.
lasting-declined = Fine. They aren’t kept, and I won’t ask again. Your diary goes on as before.
run-no-zone = I don’t know your time zone, so I can’t compare your mornings. Set it with /timezone.
run-unread = Something in your diary can’t be read just now. Go gently until that is mended.
run-diary = In your diary: { $what }
run-pain = it hurt { $pain } out of 10 on your last run.
run-pain-over-ceiling = it hurt { $pain } out of 10 on your last run, more than this spot should have to take.
run-diary-new-sign = something new turned up after your last run.
run-diary-lasting = it was still worse in the evening.
run-morning-jump = it was { $rise ->
    [one] 1 point
   *[other] { $rise } points
} worse the next morning.
run-diary-slow = it took until the evening to settle.
run-diary-morning-up = it was a little worse the next morning.
ladder-title = The way back to running
ladder-before = Before you begin
ladder-step = { $number }. Run { $run }, walk { $walk }, { $times ->
    [one] once
   *[other] { $times } times
}
ladder-last = { $number }. Run { $run }, without a walk
ladder-rules = From step to step
ladder-foot = General information, not a diagnosis. If a doctor or physio gave you a plan, theirs comes first.

## The diary: before anything is kept

consent-title = May I keep a diary for you?
consent-text = I’d keep your check-ins, symptom checks, reminders and time zone.
consent-what = How much it hurts, where and when, and what you add. Looking things up leaves no trace.
consent-lasting = From a symptom check: your age, health conditions and how it began, so that the next is shorter.
consent-why = Why: to show the trend, warn you when it gets worse, and make a page for your physio.
consent-sealed = Only you see it, here on Discord. It’s locked with your own key. Whoever runs this bot could open it.
consent-undo = Undo it: /privacy shows, copies or deletes all of it.
consent-until = Kept until { $months ->
    [one] a month
   *[other] { $months } months
} after you last used it.
consent-yes = Yes, keep it. I am { $age } or older
consent-no = No
consent-foot = Advice and checks work without it.
consent-thanks = Thank you. From now on I keep your check-ins, for you alone. Set your time zone with /timezone, so that I know when it is morning for you.
consent-declined = Fine, nothing is kept. Advice and symptom checks work as before.

## Check-ins

diary-checkin = Check in
standing-title = How does your body feel today?
standing-text = One tap, 0 to 10. Only you see it, and nobody sees that you tapped.
standing-foot = Your check-ins are yours: /privacy shows, copies or deletes them.
checkin-where = Where is it?
checkin-how = { $area }: how bad is it now?
checkin-details = More details
checkin-elsewhere = Another place
checkin-private = Only you see this.
checkin-fix = Fix it
checkin-gone = I no longer have what you began. It is kept for half an hour, or until I restart. Nothing of it was saved.
saved-title = Saved
saved-compared = { $change ->
    [same] The same as { $when }.
    [higher] { $points } higher than { $when }.
   *[lower] { $points } lower than { $when }.
}
saved-today = earlier today
saved-yesterday = yesterday
saved-no-note = Notes are switched off here, so yours was not kept.
saved-no-zone = Set your time zone with /timezone, so that I know when it is morning for you.
saved-check = Check your symptoms.
saved-new = Anything new this time?
entry-line = { $area }: { $pain } out of 10
entry-worst = worst { $pain }
entry-during = on the run { $pain }
entry-new = new: { $sign }
entry-more = Add more
entry-change = Change
entry-delete = Delete
entry-history = History
entry-delete-ask = Delete this check-in?
entry-delete-yes = Yes, delete it
entry-keep = Keep it
entry-deleted = Deleted. It is gone for good.
entries-title = Your check-ins
entries-choose = Choose one to change or delete it
entries-older = Older

## Looking back

history-gone = I no longer know what you were looking at. That is kept for half an hour, or until I restart. Your diary is safe. Ask again with /history or /report.
history-empty = Nothing is logged yet.
history-none = Nothing is logged in the last { $days } days.
history-none-area = { $area }: nothing is logged in the last { $days } days.
history-checks = Symptom checks
history-heading = Looking back
history-title = { $what }: pain by day
history-all = All places
history-span = { $start } to { $end }
history-levels = { $best } to { $worst }
history-range = { $levels } out of 10, on { $days ->
    [one] 1 day
   *[other] { $days } days
}.
history-gap = { $start } to { $end }
history-gaps = Nothing was logged from { $gaps }{ $more ->
    [0] {""}
    [one] {" "}and one more time
   *[other] {" "}and { $more } more times
}.
history-left-out = { $count ->
    [one] One more place is
   *[other] { $count } more places are
} not on this chart. Choose one with /history.
history-alt = Chart of pain by day, 0 to 10, from { $start } to { $end }.
figure-alt = { $name }, in two drawings. First: { $start } Then: { $steps }
history-28 = 28 days
history-90 = 90 days
history-365 = A year
history-light = Light
history-dark = Dark
history-in-words = In words
trend-but = But on the last day it was { $pain }.
trend-rise = But it is 3 or more above its lowest in the last week.
trend-too-little = Not enough entries yet to show a trend. I need four days or more, over a week or more.
trend-better = Getting better: from about { $begin } to about { $end }.
trend-worse = Getting worse: from about { $begin } to about { $end }.
trend-same = About the same: from about { $begin } to about { $end }.
rule-two-points = A change of 2 points counts.
rule-thirty-percent = A change of about a third counts.
rule-small-change = Less than 2 points, and less than a third, is no real change.
rule-uneven = It goes up and down too much to call it better.
chart-pain = Pain (0–10)
chart-green = green
chart-amber = amber
chart-red = red
chart-typical = highest now, each day
chart-spread = best to worst
chart-gap = nothing logged
chart-weekly = middle of the week
report-make = Page for a physio
report-text = One page from your diary, to print or to show. Only you can see this message.
report-title = Pain diary
report-made = Made on { $day }
report-first = first logged on { $day }
report-onset = Since
report-trend = Trend
report-when = When it hurts
report-times = { $what } ({ $count ->
    [one] once
   *[other] { $count } times
})
report-runs = { $count ->
    [one] 1 run
   *[other] { $count } runs
} with { $levels } out of 10
report-new = What was new
report-checks = Symptom checks
report-on = { $day }: { $what }
report-tried = What was tried
report-since-all = When it began: { $what }
report-tried-all = What was tried: { $what }
report-no-place = { $what }, of no one place
report-cleared = { $what }, cleared on { $day }
report-notes = Notes
report-more = …and { $count } more
report-missing = (cannot be printed here)
report-left-out = { $count ->
    [one] One more place is
   *[other] { $count } more places are
} not on it. Name a place with /report.
report-footer = Made by the runner from their own diary with Limber. General information, not a medical record and not a diagnosis.
day = { $day } { $month } { $year }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
side-left = Left
side-right = Right
side-both = Both sides
side-middle = In the middle
when-rest = at rest
when-morning = in the morning
when-walking = walking
when-running = running
when-after = after a run
when-night = at night
new-night-pain = pain at night
new-swelling = swelling
new-numbness = numbness or tingling
new-weakness = weakness
new-limp = a limp
new-nothing = Nothing new
prompt-new-sign = Something is new.
prompt-severe = The pain reached 7 or more out of 10.
prompt-rise = The pain is 3 or more above its lowest in the last week.
prompt-lasting = The pain has reached 4 or more on every day you logged, for 14 days.
prompt-flagged-again = Your symptom checks flagged this place three weeks in a row.
form-checkin = Log: { $area }
form-checkin-title = Log how it hurts
form-more = Add more
form-again = Once more
form-day = Which day, and when?
form-pain = Pain now, 0 to 10
form-worst = Worst in the last 24 hours
form-during = On the run, if you ran
form-side = Which side?
form-moments = When does it hurt?
form-new = Anything new?
form-note = Note
form-note-hint = Only you can read it here. 500 characters at most.

## The weekly check

weekly-form = The last 7 days: { $what }
weekly-all = running
weekly-participation = Could you run as you wanted?
weekly-participation-none = Yes, and nothing bothered me
weekly-participation-small = Yes, but something bothered me
weekly-participation-medium = Only in part
weekly-participation-large = No, I could not run
weekly-training = Did you run less because of it?
weekly-training-none = No
weekly-training-small = A little less
weekly-training-medium = Quite a bit less
weekly-training-large = A lot less
weekly-performance = Did it make your running worse?
weekly-performance-none = No
weekly-performance-small = A little
weekly-performance-medium = Quite a bit
weekly-performance-large = A lot
weekly-pain = How much did it hurt?
weekly-pain-none = Not at all
weekly-pain-small = A little
weekly-pain-medium = Quite a bit
weekly-pain-large = A lot
weekly-incomplete = Please answer all four, unless nothing bothered you. What you chose is still there.
weekly-contradicts = You chose that nothing bothered you, but also this:
weekly-contradicts-fix = Please change the first answer, or these. What you chose is still there.
weekly-place = I no longer know what this was about. That is kept for half an hour, or until I restart. Your answers are still here. Where did it trouble you?
weekly-whole = Running as a whole
weekly-gone = I no longer have your answers. They are kept for half an hour, or until I restart. Start again with /weekly.
weekly-title = Weekly check: { $what }
weekly-score = This week: { $score } out of 100. 0 is no trouble, 100 is the most.
weekly-stays = In three of the last four weeks it troubled you a lot. Please check your symptoms, or see a doctor or physio.
weekly-not-drawn = I couldn’t draw the chart just now. Your answers are in your diary, and the next chart has them.
weekly-jump = One week up or down says little. What counts is whether it stays.
weekly-foot = Inspired by the OSTRC questions, in our own words; not that form. Only you see this.
weekly-alt = Chart of the weekly check, { $what }, 0 to 100. Scores, oldest first: { $scores }.
weekly-low = less
weekly-high = a lot
weekly-score-axis = Score (0–100)
weekly-point = score of the week
weekly-gap = not answered

## Your data

privacy-title = What is kept about you
privacy-nothing = Nothing. You haven’t asked me to keep a diary.
privacy-checkins = { $count ->
    [one] 1 check-in
   *[other] { $count } check-ins
}
privacy-findings = { $count ->
    [one] 1 finished symptom check
   *[other] { $count } finished symptom checks
}
privacy-weekly = { $count ->
    [one] 1 weekly check
   *[other] { $count } weekly checks
}
privacy-barometers = { $count ->
    [one] counted in the barometer of 1 club
   *[other] counted in the barometers of { $count } clubs
}
privacy-zone = Your time zone: { $zone }
privacy-no-zone = none chosen yet, see /timezone
privacy-agreed = You agreed on { $at }.
privacy-until = It goes after { $at } if you stop using it.
privacy-host = Only you see it here. It’s stored locked. Whoever runs this bot holds the master key and could open it.
privacy-export = Send me a copy
privacy-erase = Delete everything
privacy-memory = In memory only: answers of a check or form for half an hour, and your last tips.
privacy-copy-title = Your copy
privacy-copy = Everything that is kept about you: a file for programs, and tables for a spreadsheet. Only you can see this message.
privacy-damaged = { $count ->
    [one] 1 entry is damaged and cannot be opened.
   *[other] { $count } entries are damaged and cannot be opened.
}
privacy-erase-ask = Delete everything?
privacy-erase-text = { $count ->
    [0] Your settings go, and the key they were locked with.
    [one] 1 entry and your settings go, for good. They cannot be brought back, not even from a backup.
   *[other] { $count } entries and your settings go, for good. They cannot be brought back, not even from a backup.
}
privacy-erase-yes = Yes, delete everything
privacy-receipt = Deleted
privacy-reminders = { $count ->
    [one] 1 reminder
   *[other] { $count } reminders
}
privacy-clear = Delete our chat
privacy-clear-stuck = Not all of my messages in our chat could be deleted just now. Try again in ten minutes.
privacy-cleared = { $count ->
    [0] There is no message of mine in our chat.
    [one] One message of mine in our chat was deleted.
   *[other] { $count } messages of mine in our chat were deleted.
}
privacy-receipt-going = my messages in our chat: I am deleting them now
privacy-receipt-chat = my messages in our chat: { $count }
privacy-receipt-rest = your time zone, that you agreed, your place in any club’s barometer, and your key
privacy-receipt-backups = Without your key nobody can open what older backups still hold. Advice and symptom checks work as before.
zone-moved = { $count ->
    [one] Your reminder moves too and keeps its clock time.
   *[other] Your { $count } reminders move too and keep their clock time.
}
zone-set = Your time zone is { $zone }. It is { $clock } there now. Not right? Choose again with /timezone.

## Words that cannot wait

alarm-foot = Not what you meant? Pick the place under /pain. If in doubt, get help first.
alarm-choice = This may not wait: press Enter for what to do now

## When I don’t know

unknown-title = I don’t know “{ $text }”
unknown-empty = Where does it hurt?
unknown-crisis = Thoughts of harming yourself? Talk to somebody now. UK and Ireland: 116 123. US and Canada: 988. Australia: 13 11 14. Elsewhere: findahelpline.com.
unknown-text = So I won’t guess. Pick a place:

## Help and about

help-title = What I can do
help-text = Tell me where it hurts. I’ll say when to get help, what it often is, and what you can do.
help-commands = All commands
help-hurts = When something hurts
help-diary = Your diary
help-rest = Reminders, your data and more
help-pain = **/pain** Advice for a sore spot. Use your own words: “itb”, “sit bone ache”.
help-triage = **/triage** Check your symptoms, step by step.
help-canirun = **/canirun** Red, amber or green for today’s run.
help-checkin = **/checkin** Log how it hurts, in two taps. Only if you agree to a diary.
help-history = **/history** A chart of your pain, and the trend in words.
help-report = **/report** One page about it for your physio, as a PDF.
help-weekly = **/weekly** Four questions about the last 7 days, and a score to follow.
help-remind = **/remind** I message you at a time you choose: a check-in, stretches or your own words.
help-timezone = **/timezone** Tell me where you are, so that days and mornings match.
help-privacy = **/privacy** See, copy or delete everything kept about you.
help-help = **/help** This.
help-tip = **/tip** One small thing to do.
help-stretch = **/stretch** Stretches for a place or a moment, step by step.
help-about = **/about** How far to trust me, and which version I am.
help-club = **/club** For moderators: stretch posts and settings for your club.
help-try = Only you see my answers, unless you press Share.
about-title = About Limber
about-text = I am a bot for running clubs. I give general information about aches from running, and say when to get help.
about-trust-title = How far to trust me
about-trust-1 = I’m not a doctor or a physio, and I can’t examine you. What your own clinician says comes first.
about-trust-2 = Every piece of advice names its source and how strong it is. Press Sources on a card.
about-trust-3 = A clinician has not yet signed off this content.
about-trust-4 = I keep nothing about you unless you say yes to a diary. /privacy shows what is kept, gives you a copy, and deletes it.
about-content = I know { $areas } places, { $exercises } exercises and { $tips } tips, from { $sources } sources.
about-versions = Limber { $bot } · content { $content }

## Schedules

schedule = { $days } at { $at }, { $zone }
schedule-daily = every day
schedule-weekdays = weekdays
schedule-weekends = weekends
schedule-every = every { $count } days
schedule-weeks = { $count ->
    [one] every week on { $day }
   *[other] every { $count } weeks on { $day }
}
schedule-from = from { $day }
schedule-until = until { $day }
list-and = { $most } and { $last }
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday

## The message a reminder brings

reminder-checkin = How is it today?
reminder-checkin-area = { $area }: how is it today?
reminder-stretch = Time for your stretches
reminder-stretch-area = { $area }: time for your stretches
reminder-minutes = About { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}. It opens for you alone, step by step.
reminder-words = Your reminder
reminder-caution = So be seen before you run or train. That comes first.
reminder-morning = Good morning. How is it after your run?
reminder-morning-area = Good morning. { $area }: how is it after your run?
reminder-morning-why = The morning after says most about a run. Compare it with the morning before.
reminder-answer = Answer
reminder-start = Start
reminder-done = Done
reminder-stop = Stop these
reminder-later = Later…
reminder-later-15 = In 15 minutes
reminder-later-60 = In an hour
reminder-later-evening = This evening
reminder-private = Your answer goes into your diary. It does not stay in this chat.
reminder-ignored = You haven’t answered the last three. Shall I write less often?
reminder-weekly = Once a week
reminder-pause = Pause or stop
reminder-as-is = Keep it as it is
reminder-unused = It has been a long time. On { $at } I delete everything I keep about you, reminders too. Press any button here to keep it.
reminder-held = Your stretches are on hold
reminder-held-text = I’ll hold these until you have been seen, and write about it once a month at most.
reminder-held-seen = I was seen
reminder-logged = Logged at { $at }. It is in your diary.
reminder-choosing = Now choose the place in my answer below, and it’s in your diary. If that answer has gone, press Answer.
reminder-answered = You have answered this already. It is in your diary.
reminder-no-run = There’s nothing to ask any more: your diary has no run on the day before.
reminder-signs = The warning signs of this place come before any exercise. Start shows them, for you alone.
reminder-hold = A symptom check of { $at } says: **{ $line }**.
reminder-hold-unread = Something in your diary can’t be read just now, and it may say that you should be seen first. Whoever runs this bot can look into it.
reminder-run = { $light ->
    [red] Your run yesterday: red
    [amber] Your run yesterday: amber
    [green] Your run yesterday: green
   *[unknown] Your run yesterday: I can’t tell
}
reminder-run-known = This morning is no worse than the morning before that run. A warning sign comes before any of this.
reminder-run-unknown = I can’t compare this morning: there is none in your diary from just before that run. Log one before you run, too.
reminder-was-done = Done at { $at }.
reminder-put-off = I will come back at { $at }.
reminder-kept = It stays as it is. The next one comes on { $at }.
reminder-weekly-now = From now on it comes once a week, next on { $at }.
reminder-kept-asleep = It stays as it is.
reminder-change = Change or stop
reminder-stop-ask = Stop these reminders?
reminder-stop-text = A pause keeps the reminder, and /remind list brings it back at any time.
reminder-pause-week = Pause for a week
reminder-pause-open = Pause until I turn it on
reminder-remove = Remove it
reminder-keep = Keep it

## Direct messages that cannot be sent

error-dms-closed = Discord doesn’t let me write to you. To let me, open your club’s server, tap its name, choose Privacy Settings, switch on Direct Messages, and try again. You can also do without: the Check in button in your club’s channel is private and always works, and so does /checkin.
error-dms-no-server = Discord lets me write only to people I share a server with, and we share none. Join a server that I am in and try again. You can also do without: /checkin works here.
error-dms-busy = I can’t start a new chat just now: Discord lets me open only a few at a time. Please try again in ten minutes.

## What a club posts

post-intro = { $minutes } minutes. { $intro }
post-how = Show me how
post-done = { $count ->
    [0] Done
   *[other] Done · { $count }
}
post-foot = Nobody sees who pressed what.
post-trial = Just a preview. Done isn’t counted.
post-role-gone = Its role has been deleted. A moderator can choose another.
post-counted = You are counted. { $count ->
    [one] So far 1 person did it.
   *[other] So far { $count } people did it.
}
post-title-before-run = Before the run: { $name }
post-title-after-run = After the run: { $name }
post-title-desk = At the desk: { $name }
post-title-bed = Before bed: { $name }
post-title-anytime = { $name }
post-thread = Stretching, { $weekday ->
    [0] Mon
    [1] Tue
    [2] Wed
    [3] Thu
    [4] Fri
    [5] Sat
   *[6] Sun
} { $day } { $month }
error-post-over = A post counts for one day, and this one is over. Well done all the same.
error-posts-many = This club has { $most } posts, and that is the most I can keep. Remove one first.

## Reminders: setting them and looking after them

reminder-kind-checkin = Check-in
reminder-kind-stretch = Stretches
reminder-kind-words = Your own words
reminder-kind-morning = The morning after a run
reminder-what-checkin = Check-in: how is it today?
reminder-what-stretch = Stretches
reminder-what-words = My own words
reminder-what-morning = The morning after a run: how is it?
reminder-name-area = { $kind } · { $area }
reminder-name-words = “{ $text }”
reminder-hello = Hello, this is where I’ll write to you
reminder-hello-text = { $what }: { $when }. You asked me for this, and this message shows that it works.
reminder-hello-morning = After a day with a run I will ask you in the morning how it is. You asked me for this, and this message shows that it works.
reminder-hello-foot = My messages here don’t name a body part unless you chose that. /remind list changes or stops them.
reminder-set = Your reminder is set
reminder-set-private = The message won’t say where it hurts, in case someone sees your phone.
reminder-set-named = The message will say where it hurts, as you chose. Anyone who sees your phone can read it.
reminder-set-words = Anyone who sees your phone can read your words.
reminder-left-out = I left out { $options }: this kind of reminder doesn’t use { $count ->
    [one] it
   *[other] them
}.
reminder-option-area = the place
reminder-option-minutes = the number of minutes
reminder-option-named = showing the place
reminder-all = All my reminders
reminder-morning-when = At { $at } on the morning after each run you log
reminder-next = Next:
reminder-is-blocked = **This reminder is off.** { $why }
reminder-is-blocked-brief = **This reminder is off.** Choose it below to see why.
reminder-is-paused = **Paused** until you turn it on again.
reminder-is-paused-until = **Paused.** It rings again from { $day } on.
reminder-is-held = **On hold.** { $why } If you’ve been seen, say so under /canirun.
reminder-is-held-brief = **On hold.** Be seen first. Choose it below to see why.
reminder-has-ended = It has no more dates.
reminder-list = Your reminders
reminder-none = You have none yet. Set one with /remind add, for example a check-in every day at 08:00.
reminder-choose = Change, pause or remove one…
reminder-list-foot = /timezone moves them along with you.
reminder-list-more = { $count ->
    [one] One more is in the menu.
   *[other] { $count } more are in the menu.
}
reminder-resume = Turn it on
reminder-resume-one = Turn on: { $name }
reminder-edit = Change
reminder-log = History
reminder-removed = The reminder and its history are gone.
reminder-log-title = Reminder history
reminder-log-empty = Nothing has been sent yet.
reminder-log-line = { $at } · { $what }: **{ $state }**
reminder-log-foot = The latest, kept for 30 days. “Unknown” may have arrived or not. I never send those twice.
occurrence-pending = on its way
occurrence-claimed = on its way
occurrence-sent = sent
occurrence-late = sent late
occurrence-skipped = not sent
occurrence-blocked = refused
occurrence-unknown = unknown
occurrence-failed = refused
reminder-why-grace = For more than half an hour after its time I was not running, was switched off, or could not reach Discord.
reminder-why-trouble = Discord didn’t deliver it within half an hour.
reminder-why-paused = You had paused it.
reminder-why-muted = A symptom check said: be seen first. I hold stretches until then.
reminder-why-answered = There was nothing left to ask: you had answered, or the run was no longer in your diary.
reminder-why-consent = You hadn’t agreed again yet: what I keep about you had changed.
reminder-why-closed = Whoever runs this bot had switched the diary off, and reminders with it.
reminder-why-blocked = I couldn’t deliver the one before it, so I stopped.
reminder-why-no-channel = I no longer know where to write to you. Turn it on again, and I will look.
reminder-why-schedule = I can’t read its times any more. Set them again with /remind edit.
reminder-why-content = I can’t open what it says any more. Remove it and set it again with /remind add.
reminder-why-unreadable = I couldn’t see whether it had arrived.
reminder-why-dm-closed = Discord says you take no direct messages from me. Open the club’s name, then Privacy Settings, and allow direct messages. Then turn it on here.
reminder-why-no-shared-server = We share no server any more, so I may not write to you. Join a server I am in, or add me to your account. Then turn it on here.
reminder-why-other = Discord didn’t deliver it (code { $code }). Turn it on again, or set it anew.
reminder-place = Choose my time zone
reminder-fix = Fix it
reminder-try = Try again
reminder-closed = I can’t write to you yet
reminder-undelivered = I couldn’t deliver this
reminder-until = Until { $day }
reminder-until-open = Until I turn it on again (while injured)
schedule-time = { $days } at { $at }
saved-morning = Ask me tomorrow how it is
form-remind = Your reminder
form-waits = That took a moment. Your form is ready now.
form-open = Open the form
form-when = When?
form-when-hint = For example: every day at 8:00, or weekdays 7:30
form-words = What shall I say?
form-place-title = Your time zone
form-place = Where do you live?
form-place-hint = The nearest big city, or a country
wish-gone = What you typed is no longer waiting: it was set already, or that was more than half an hour ago. /remind list shows what is set, and /remind add sets it anew.
error-no-reminder = That reminder is no longer there. /remind list shows the ones you have.
error-reminder-changed = It was changed somewhere else at the same moment, so I changed nothing. Look at it again with /remind list.
error-reminder-forgotten = I no longer know this message: it is more than 30 days old, or its reminder is gone. /remind list shows the ones you have.
error-reminder-content = I can’t open what this reminder says: a newer version of me wrote it, or it is damaged. I changed nothing. Remove it and set it again with /remind add.
error-reminder-times = I can’t read the times of this reminder any more. Set them again with /remind edit.
error-reminder-silent = This reminder is off just now, so I wouldn’t come back. Turn it on again under /remind list.
error-evening-over = It’s already evening. Choose 15 minutes or an hour.
error-reminders-many = { $most } reminders are the most I can keep for you. Remove one under /remind list first.
error-zone-missing = When is it morning for you? Choose your time zone first. I have kept what you typed.
error-reminders-closed = There are no reminders here: whoever runs this bot has switched off what they need. Advice works as always.
error-words-missing = What shall I say? Write the words you want to read.
error-no-words = This reminder doesn’t send words of yours, so I changed nothing. For one that does, use /remind add and choose “Your own words”.
error-signs-first = For { $area } the warning signs come before any stretch. Choose another place, or leave the place out.
error-until = I can’t read that day. Try “friday”, “a week”, “2 weeks”, or a date like { $example }.
error-until-ambiguous = That could mean two different days. Write the date like { $example }.
error-until-nowhere = There is no such day in the calendar. Write the date like { $example }.
error-until-far = A pause ends within a year. Pick an earlier day, or leave the day out to pause until you turn it on again.
error-until-time = A pause ends with a day, not at a time. Write the day alone, like { $example }.

## The niggle barometer of a club

barometer-join = Count me in my club’s barometer
barometer-leave = Leave the barometer
barometer-leave-all = Leave every barometer
barometer-ask = Shall I count you in?
barometer-why = The barometer shows moderators where it hurts in the club, never who.
barometer-what = I count places where you log a pain of { $pain } or more, on { $days } days or more in a week, from next Monday.
barometer-seen = They see a band, like “Knee: 5 to 9 people”, and only when at least { $few } were sore there and { $few } weren’t.
barometer-lot = Each week, up to { $most } people are left out at random.
barometer-limits = Somebody who knows about all the others, or fills the club with their own accounts, can still guess.
barometer-leaving = Leave any time with /privacy show or /privacy erase. Closed weeks stay, and name nobody.
barometer-yes = Yes, count me in
barometer-no = No
barometer-nobody-told = Nobody in the club is told what you said. Whoever runs this bot could look it up.
barometer-joined = You are in
barometer-joined-text = I count you from next Monday on. To leave, press the button here or under /privacy show.
barometer-left = { $count ->
    [0] You were in no barometer
    [one] You have left the barometer
   *[other] You have left { $count } barometers
}
barometer-left-text = From now on I close every week without you, this one too. Weeks that are closed stay as they are.
barometer-back = What is kept about me
barometer-title = Niggle barometer
barometer-text = Where people in this club were sore, week by week. Only those who said yes are counted. Nobody sees who that is.
barometer-few = Not enough people yet
barometer-few-text = A place shows up when at least { $few } people were sore there in a week, and at least { $few } others were not.
barometer-few-how = Members join under /privacy show, with the button they see there in this club. I close a week when it has been over for a day.
barometer-last = Week of { $day }
barometer-last-area = { $area }: { $people }
barometer-people = { $low } to { $high } people
barometer-by-week = Week by week, by its Monday
barometer-line = { $area }: { $weeks }
barometer-week = { $day } { $low } to { $high }
barometer-more = Also in some weeks: { $areas }
barometer-unknown = These weeks were not counted: { $weeks }
barometer-alt = A table of weeks and places with numbers of people in bands of five. The same in words stands below. { $lines }
barometer-unit = People with a niggle, by week, in fives
barometer-cell = { $low }–{ $high }
barometer-day = { $day } { $month }
barometer-key-shown = number of people
barometer-key-nothing = nothing to show
barometer-key-unknown = not counted
barometer-foot = A niggle is a pain of { $pain } or more. People count who checked in on { $days } days or more of that week. Up to { $most } of them are left out by lot. So there may be a few more, and a small change may mean nothing. A closed week is never counted again.

## A club: what moderators type, and what the doctor finds

error-club-unreadable = I can’t read what is set for this club. A newer version of me wrote it, or it is damaged. I changed nothing. Please tell whoever runs this bot.
error-club-channel-anywhere = You chose one channel and “anywhere” for the same thing, so I changed nothing. Leave one of them out.
error-club-changed = Somebody else changed this at the same moment, so I changed nothing. Look at it again, then make your change.
error-club-no-post = That post is no longer there. /club reminder list shows the ones you have.
error-club-undo-over = That was more than an hour ago, so I can’t undo it any more. /club reminder list shows what there is, and /club setup adds what is missing.
error-club-zone-gone = The time zone { $zone } no longer exists, so this post can’t go out. Set its time again with /club reminder edit.
error-club-post-unreadable = I can’t read the times of this post any more. Set them again with /club reminder edit.
error-club-text-long = That text has { $length } characters, and { $most } is the most I can keep. Please shorten it.
error-club-tip-long = Tip { $number } has { $length } characters, and { $most } is the most a tip can have. Please shorten it.
error-club-tip-alarm = One of these tips has words for an emergency, so I can’t show it as a tip. Take it out. What to do in an emergency here can stand under /club contact.
error-club-tips-many = Those are { $count } tips, and { $most } is the most a club can have. Take some out. One line is one tip.
error-club-text-calls = My posts cannot mention anyone. Take out every mention: of everyone, of a person, a role or a channel. Write names in plain letters.
error-club-text-link = A link may stand in the contact only. Please take it out here.
error-club-link = I can’t take that link. Write it out in full, starting with https://, with a space before and after it.
error-club-countermands = I can’t take “{ $sentence }”. My cards tell people to call, to be seen and to stop when it hurts, and they name no medicines. A club may add to that, but not take it back. Write what helps as well: who has the first-aid kit, where an ambulance gets in.
diagnosis-channel-gone = The channel of this post was deleted, so it can’t go out. Choose another one with /club reminder edit.
diagnosis-share-gone = The channel for Share was deleted, so nobody can share anything here. Choose another one with /club channel.
diagnosis-stretch-gone = The channel that new schedules start with was deleted. Choose another one with /club channel.
diagnosis-stretch-closed = I can’t post in { $channel }, the channel that new schedules start with. Let me write there, or choose another one with /club channel.
diagnosis-channel-kind = { $channel } isn’t a text channel, so I can’t post there. Choose a text channel instead.
diagnosis-no-view = I can’t see { $channel }, so nothing goes out there. { $where ->
    [server] Open Server Settings > Roles > { $bot } > Permissions and turn on “View Channels”.
   *[channel] Open Edit Channel > Permissions > { $bot } and allow “View Channel”. Not in that list? Add me with the plus.
}
diagnosis-no-send = I may not write in { $channel }, so nothing goes out there. { $where ->
    [server] Open Server Settings > Roles > { $bot } > Permissions and turn on “Send Messages”.
   *[channel] Open Edit Channel > Permissions > { $bot } and allow “Send Messages”. Not in that list? Add me with the plus.
}
diagnosis-no-threads = I may not open threads in { $channel }, so posts go out without one. { $where ->
    [server] Open Server Settings > Roles > { $bot } > Permissions and turn on “Create Public Threads”.
   *[channel] Open Edit Channel > Permissions > { $bot } and allow “Create Public Threads”. Not in that list? Add me with the plus.
}
diagnosis-no-history = I can’t look back in { $channel }. If I stop in the middle of a post, I can’t tell later whether it went out. { $where ->
    [server] Open Server Settings > Roles > { $bot } > Permissions and turn on “Read Message History”.
   *[channel] Open Edit Channel > Permissions > { $bot } and allow “Read Message History”. Not in that list? Add me with the plus.
}
diagnosis-no-embed = I may not embed links in { $channel }, so links there have no preview. { $where ->
    [server] Open Server Settings > Roles > { $bot } > Permissions and turn on “Embed Links”.
   *[channel] Open Edit Channel > Permissions > { $bot } and allow “Embed Links”. Not in that list? Add me with the plus.
}
diagnosis-no-attach = I may not attach files in { $channel }, so posts go out without their picture. { $where ->
    [server] Open Server Settings > Roles > { $bot } > Permissions and turn on “Attach Files”.
   *[channel] Open Edit Channel > Permissions > { $bot } and allow “Attach Files”. Not in that list? Add me with the plus.
}
diagnosis-no-mention = I may not mention { $role }, so nobody would hear of the post. Open Server Settings > Roles > { $role } and turn on “Allow anyone to @mention this role”.
diagnosis-role-gone = The role of this post was deleted, so it goes out without a mention. Choose another one with /club reminder edit.
diagnosis-role-everyone = That would call the whole server at once. Choose a role that people take by choice, or none, with /club reminder edit.
diagnosis-zone-gone = The time zone { $zone } no longer exists, so this post can’t go out. Set its time again with /club reminder edit.
diagnosis-club-zone-gone = The club’s time zone { $zone } no longer exists. Choose a new one with /club setup.
diagnosis-unreadable = I can’t read the times of this post any more. Set them again with /club reminder edit.
diagnosis-blocked = Discord refused this post (code { $reason }), so it is off. Fix the other items listed and it restarts by itself within a quarter of an hour. Or turn it on with /club reminder resume.
diagnosis-no-routine = No routine is left for what this post is about. Choose other moments with /club reminder edit.
diagnosis-nothing-scheduled = Nothing is scheduled, so nothing is posted. /club setup plans the first post in a minute.
diagnosis-same-time = { $count } schedules post in { $channel } at the same moment, first on { $due }. One is enough: change or remove the others with /club reminder list.
diagnosis-paused = This post is paused. Turn it on again with /club reminder resume.
diagnosis-ended = This post has no more dates. Set new ones with /club reminder edit, or remove it.
diagnosis-clock-skips = On { $due } the clocks go forward and skip { $at }, so this post goes out at { $then }. Would you rather have another time? Choose it with /club reminder edit.
diagnosis-clock-repeats = On { $due } the clocks go back, and { $at } comes twice. This post goes out the first time. You need to do nothing.

## When advice looks wrong

wrong-button = This looks wrong
wrong-title = Thank you for looking closely
wrong-club = Please tell your club’s contact: { $contact }
wrong-host = Please tell whoever runs this bot: { $contact }
wrong-nobody = Please tell a moderator of this server. They know who runs this bot.
wrong-what = Say what is wrong, and copy this line along: { $card }
wrong-foot = Nothing is sent by this button, and none of your answers.

## A club: setting it up

setup-title = Stretch posts for your club
setup-text = Where and when shall I post? Nothing is kept until you press Save.
setup-channel = Channel
setup-days = Days of the week
setup-time = Time
setup-time-other = Another time, or every so many days…
setup-time-title = When?
setup-zone = Time zone
setup-zone-other = Another place…
setup-when = **{ $when }**
setup-foot = Only you see this. If you stop half-way, nothing is kept.
setup-step = Step { $number } of { $steps }
setup-what = What shall I post?
setup-what-text = Gentle stretches that are safe for everybody, never for one sore place. You never get the same routine twice in a row.
setup-session = Before and after a run
setup-moments = For when?
setup-minutes-choose = How long?
setup-minutes-any = Routines of any length
setup-minutes = { $minutes } minutes at most
setup-role = Mention a role, or none
setup-thread-on = Thread under each post: yes
setup-thread-off = Thread under each post: no
setup-preview = Preview
setup-summary = In { $channel }. Next: { $dates }
setup-save = Save
setup-saved = Saved
setup-saved-text = I post in { $channel }: { $when }. The first comes on { $at }.
setup-logged = The club’s log notes for 180 days who changed what: /club log.
club-form-gone = I no longer have what you typed. It is kept for half an hour, or until I restart. Start again with /club contact or /club tips.
setup-gone = That set-up was left for more than half an hour, so nothing of it was kept. Start again with /club setup.

## A club: its schedules

club-posts = Your club’s posts
club-posts-none = There are none yet.
club-posts-all = All posts
club-posts-more = { $count ->
    [one] One more is in the menu.
   *[other] { $count } more are in the menu.
}
club-post-there = Your club has a schedule already
club-post-change = Change this one
club-post-another = Add another
club-post-add = Add a schedule
club-post-thread = a thread each
club-post-test = Post a test now
club-post-tested = Look in { $channel }: there is a test. It mentions nobody and counts nothing.
club-post-log = Post history
club-post-removed = The schedule has been removed. It won’t post any more.
club-undo = Undo
club-undo-foot = Undo works for an hour.
club-undone = { $count ->
    [0] There was nothing left to undo.
    [one] Undone. The schedule is as it was before.
   *[other] Undone. All { $count } schedules are as they were before.
}
club-post-leaving = One post was already on its way. It may still appear, and it’s the last one.
club-pause-all = Pause all
club-paused-all = { $count ->
    [0] There was nothing to pause.
    [one] One schedule is paused. Nothing is posted until you turn it on again.
   *[other] { $count } schedules are paused. Nothing is posted until you turn them on again.
}
club-resume-all = Turn all on
club-resumed-all = { $count ->
    [0] There was nothing to turn on.
    [one] One schedule is on again.
   *[other] { $count } schedules are on again.
}
club-cannot = That wouldn’t work
club-why-channel-gone = The channel is gone. Choose another one.
club-why-server-gone = I am not in this server any more.
club-why-no-access = I can’t see the channel. /club doctor says what to click.
club-why-no-permission = I may not write in the channel. /club doctor says what to click.
club-why-not-known = I don’t know whether Discord took it. Look into the channel before you try again.
club-why-no-routine = No routine fits what you chose. Choose more moments, or more minutes.

## A club: its words, its log, its doctor

club-title = Your club
club-share = Share posts in: { $channel }
club-share-anywhere = the channel where it is pressed
club-stretch = New schedules start with: { $channel }
club-stretch-anywhere = the channel where you add them
club-zone = Time zone: { $zone }
club-contact = Contact: { $text }
club-emergency = In an emergency here: { $text }
club-tips = { $count ->
    [0] No tips of your own
    [one] One tip of your own
   *[other] { $count } tips of your own
}
club-not-set = not set
club-says-contact = **Your club’s contact:** { $text }
club-says-emergency = **Around here:** { $text }
club-says-foot = From your club, not checked by us. The advice above comes first.
club-tip = **From your club, not checked:** { $text }
form-contact-title = Who to turn to
form-contact = Your club’s physio or first aid
form-contact-hint = A name and how to reach them. Everybody can read it.
form-emergency = In an emergency around here
form-emergency-hint = Shown beside our emergency line, never instead.
form-tips-title = Tips from your club
form-tips = One tip a line
form-tips-hint = { $most } at most. Shown as “not checked”.
doctor-title = How your club’s posts are doing
doctor-well = All is well. I have all the permissions I need.
doctor-more = { $count ->
    [one] One more thing is hidden until these are fixed.
   *[other] { $count } more things are hidden until these are fixed.
}
doctor-stops = This stops posts
doctor-minor = This could be better
doctor-dates = The next posts
doctor-date = { $at }, { $local } on the clock in { $zone } · { $channel }
doctor-again = Look again
club-doctor = Is all well?
club-log = Who changed what
club-log-empty = Nobody has changed anything in the last 180 days.
club-log-line = { $at } · { $who }: { $what }, from “{ $before }” to “{ $after }”
club-log-set = { $at } · { $who }: { $what } set to “{ $after }”
club-log-unset = { $at } · { $who }: { $what } taken away, it was “{ $before }”
club-log-until = { $what } until { $day }
club-log-with-posts = { $what }, with { $posts ->
    [one] one schedule
   *[other] { $posts } schedules
}
club-log-bot = Limber
club-log-plain = { $at } · { $who }: { $what }
club-log-zone = time zone
club-log-language = language
club-log-share-channel = channel for Share
club-log-stretch-channel = channel for stretch posts
club-log-contact = contact
club-log-emergency = emergency wording
club-log-tips = tips
club-log-post-added = added a schedule
club-log-post-removed = removed a schedule
club-log-post-paused = paused a schedule
club-log-post-resumed = turned a schedule on
club-log-post-when = days and time
club-log-post-channel = channel
club-log-post-areas = places
club-log-post-moments = moments
club-log-post-minutes = minutes
club-log-post-role = role
club-log-post-thread = thread
club-log-post-language = language
club-log-erased = deleted everything of the club
club-log-foot = Kept for 180 days, then deleted.
club-erase-ask = Delete everything of this club?
club-erase-text = All schedules, the contact, the tips, the log and the barometer. What members keep for themselves stays theirs. You can’t undo this.
club-erase-yes = Yes, delete it
club-erased = Deleted
club-erased-text = { $posts ->
    [one] One schedule
   *[other] { $posts } schedules
}, { $changes ->
    [one] one line
   *[other] { $changes } lines
} of the log, and everything that was set.
club-trouble = I can’t post as planned
club-trouble-foot = I’ll carry on by myself as soon as it’s fixed. I only say this once.
club-post-off-foot = Until then this post is off. I only say this once; /club doctor always shows it.
welcome-title = Hello, I am Limber
welcome-text = Something hurts? Type /pain and say where. Only you see the answer. Moderators: /club setup plans stretch posts in a minute.
welcome-foot = I read no messages. General information, not a diagnosis.
share-elsewhere = Your moderators have chosen { $channel } for sharing, so that this channel stays free.
error-moderators-unknown = Discord isn’t telling me just now who may do that here, so I did nothing. Please try again in a minute.
error-not-a-moderator = Only moderators can do that. They may manage this server, or were given /club under Server Settings > Integrations.

## When something goes wrong

error-out-of-date = That button is out of date. Start again here:
error-not-understood = I couldn’t read what Discord sent me, so I did nothing. Please try again.
error-command-out-of-date = I don’t have that command in this form any more. Restart Discord, then type / to see the ones I have.
error-form-out-of-date = That form is out of date, so nothing was saved. Start again here:
error-fresh-start = Start again
error-no-tip = I have no tip for that moment yet. Leave the moment out, or pick another one.
error-diary-closed = The diary is switched off here. Advice and symptom checks work as always.
error-stats-off = Whoever runs this bot has switched the barometer off. All else works as always.
error-storage = My diary can’t be opened just now, and nothing was changed. Please try again later. Whoever runs this bot can see why.
error-storage-form = My diary can’t be opened just now, so nothing is kept yet. What you typed is still here for half an hour. Please try again later.
error-form-again = Open the form again
error-charts-busy = I am drawing for many people just now. Please try again in a minute.
error-no-entry = That check-in is no longer there.
error-choice = I didn’t understand that choice. Pick one from the list: { $choices }.
error-pain = Pain is a whole number from 0 (none) to 10 (the worst you can imagine). Type it in digits, for example 4. The rest of what you typed is still here.
error-when-unreadable = I can’t read that day. Try “yesterday”, “2 days ago”, “today 7:30”, or a date like { $example } 07:30.
error-when-time = I can’t read that time of day. Write it like “yesterday 7:30” or { $example } 18:05.
error-when-nowhere = There is no such day in the calendar. Write the date like { $example }.
error-when-midnight = Midnight could be either end of that day. Write { $example } 00:00 for its start, or 23:59 for its end.
error-when-ambiguous = That could mean two different days. Write the date like { $example }, or say “yesterday” or “2 days ago”.
error-when-ahead = That hasn’t happened yet. Pick a time in the past, for example { $example }, or leave it out to mean now.
error-when-too-old = I can go back { $days } days at most. Pick a later day, for example { $example }.
error-time-missing = What time? Add one, for example “7:30” or “6pm”.
error-time-unreadable = I can’t read that time. Write it like 7:30, 18:05 or 6pm.
error-time-span = That is from one time to another. Write the one time it should come at, like 18:00.
error-time-often = Once a day is the most for one reminder. Add one for each time, like “daily at 8” and “daily at 20”.
error-time-ambiguous = That could be noon, or midnight at either end of the day. Write 12:00 for noon, 00:00 for the start of the day or 23:59 for its end.
error-time-several = One reminder has one time. Set this one first, then add another for the other time.
error-days-unreadable = I can’t read those days. Try “daily”, “weekdays”, “mon, wed and fri” or “every 2 days”.
error-line-unreadable = I can’t read that. Write days and a time, like “weekdays 7:30” or “mon and thu 18:00”.
error-days-one-each = Every few weeks works for one day only. Set one up for each day, like “every 2 weeks on monday at 9”.
error-days-once = A reminder repeats, so I can’t set one for a single day. Try “mondays at 9”, and remove it once it has come.
error-days-by-month = I count in days and weeks, not in months or years. Try “every 4 weeks on monday at 9”.
error-days-bounded = I can’t set a first or last day. Leave that out, and pause or remove the reminder when the time comes.
error-days-ambiguous = That could mean different days. Write their names, like “tue and thu”, or “every other monday”.
error-days-missing = On which days? Name them, like “mondays”, “tue and thu” or “every 2 weeks on monday”.
error-days-too-far = { $most } days apart is the most I can do. Pick a smaller number.
error-pause-over = A pause has to end after today. Pick a later day, for example { $example }.
error-zone-gone = The time zone { $zone } no longer exists, so this reminder can’t ring. Choose a new one with /timezone.
error-zone-unknown = I don’t know that place. { $count ->
    [0] Type the nearest big city, or a country.
   *[other] Did you mean one of these? { $nearest }. If not, type the nearest big city.
}
error-zone-ambiguous = That can mean more than one time zone. Pick one of these: { $choices }.
asked-gone = I no longer know what you asked for. That is kept for half an hour, or until I restart. Please type the command again.
error-note-too-long = Your note has { $length } characters, and { $most } is the most I can keep. Please shorten it.
error-unexpected = Something went wrong on my side. Please try again. If it stays, tell whoever runs this bot the code { $code }.

## Commands, as Discord lists them (100 characters at most)

command-pain = Where does it hurt? When to get help, what it often is, what to do
command-pain-area = Your own words are fine: hip, itb, sit bone ache
command-triage = Check your symptoms step by step: what cannot wait comes first
command-triage-area = Where does it hurt? Leave it out if you feel ill, or cannot say
command-canirun = Can I run today? Warning signs first, then red, amber or green
command-canirun-area = Where does it hurt? Leave it out to choose from a list
command-checkin = Log how it hurts: two taps, or everything in one line
command-checkin-area = Where? Your own words are fine
command-checkin-pain = Pain now, 0 to 10
command-checkin-side = Which side?
command-checkin-when = When does it hurt?
command-checkin-worst = Worst pain in the last 24 hours, 0 to 10
command-checkin-during = Pain on the run, 0 to 10, if you ran
command-checkin-day = For another day: yesterday, 2 days ago, monday 7:30
command-checkin-note = A note for yourself, where the host allows notes
command-history = How it went: a chart and the same in words, for you alone
command-history-area = For which place? Leave it out for all
command-history-days = How many days back? 28 when left out
command-club = For moderators: set the bot up for this club
command-club-setup = Plan stretch posts for this club, step by step
command-club-channel = Where Share may post, and where stretch posts go
command-club-channel-share = The one channel for Share
command-club-channel-stretch = Where stretch posts go
command-club-channel-stretch_anywhere = Suggest no channel for stretch posts any more
command-club-channel-share_anywhere = Let Share post in any channel again
command-club-contact = Your club’s physio or first aid, and what to do in an emergency here
command-club-tips = Tips from your club, shown as not checked
command-club-doctor = What could keep posts from coming, and what to click
command-club-log = Who changed what, in the last 180 days
command-club-stats = How many run with a niggle: bands, never people
command-club-pause-all = Pause every post of this club
command-club-erase = Delete everything that is kept for this club
command-club-reminder = Schedules of posts, each with its own channel
command-club-reminder-add = Add a schedule
command-club-reminder-list = All schedules, and when they come next
command-club-reminder-edit = Change a schedule
command-club-reminder-edit-reminder = Which one?
command-club-reminder-pause = Pause a schedule
command-club-reminder-pause-reminder = Which one?
command-club-reminder-pause-until = Until when? Leave it out for: until I turn it on again
command-club-reminder-resume = Turn a schedule on again
command-club-reminder-resume-reminder = Which one?
command-club-reminder-remove = Remove a schedule
command-club-reminder-remove-reminder = Which one?
command-club-reminder-test = Post a test now, marked as one
command-club-reminder-test-reminder = Which one?
command-club-button = Post a standing Check in button in this channel
command-privacy = See, copy or delete what I keep about you
command-privacy-show = What is kept about you
command-privacy-export = A copy of everything that is kept about you
command-privacy-erase = Delete everything that is kept about you, for good
command-timezone = Set your time zone, so that days and mornings match where you are
command-timezone-place = A city, a country or a zone: London, New Zealand, CET
command-remind = Reminders by direct message, for you alone
command-remind-add = Set a reminder: a check-in, stretches, your own words, the morning after a run
command-remind-add-what = What shall I bring?
command-remind-add-when = When? For example: weekdays 7:30, every 2 days at 18:00
command-remind-add-area = For which place? Leave it out for any
command-remind-add-words = Your own words, 200 characters at most
command-remind-add-minutes = For stretches: about how many minutes?
command-remind-add-show_area = May the message name the place? No when left out: phones show messages
command-remind-list = Your reminders and when they come next
command-remind-edit = Change a reminder
command-remind-edit-reminder = Which one?
command-remind-edit-when = When? For example: weekdays 7:30, every 2 days at 18:00
command-remind-edit-words = Your own words, 200 characters at most
command-remind-pause = Pause a reminder: until a day, or while injured
command-remind-pause-reminder = Which one?
command-remind-pause-until = Until when? Leave it out for: until I turn it on again
command-remind-remove = Remove a reminder
command-remind-remove-reminder = Which one?
command-remind-log = Reminder history
command-remind-log-reminder = Which one? Leave it out for all
command-report = One page (PDF) for a physio, from your diary, for you alone
command-report-area = For which place? Leave it out for the three latest
command-report-days = How many days back? 90 when left out
command-report-notes = Put your notes on it? Yes when left out
command-report-since = When it began, in your words; for this page only, not kept
command-report-tried = What you have tried, in your words; for this page only, not kept
command-weekly = Four questions about your last 7 days, and a score to follow
command-weekly-area = For one place? Leave it out for running as a whole
command-tip = One small thing to do, never the one you saw last
command-tip-area = For which place? Leave it out for any
command-tip-moment = For when? Leave it out for any
command-stretch = Stretches before a run, after it, at the desk or for one place, step by step
command-stretch-area = For which place? Leave it out and choose when: before a run, after it, at the desk
command-stretch-minutes = About how many minutes do you have?
command-help = What I can do
command-about = How far to trust me, and which version I am
