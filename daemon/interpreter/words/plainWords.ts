// Everyday words that mean nothing to an operation. They are known so that they are never taken for a mistyped name
// or verb ("chart" is not "cart"); they still count as not understood where a change depends on them.

const text = `alice bob carol carlos dave david daniel erin eve emma frank fred grace heidi hans ivan jack james jan jane jim joe
john jonas judy julia karl kate kim laura lena lisa lukas mallory maria martin mary michael mike nina oliver olivia oscar
paul peggy peter rob sam sara sarah simon sofia stefan steve susan sven thomas tim tina tom trent victor walter wendy anna
anne ann ben chris nick alex priya raj wei yuki ahmed fatima luca marco pedro jose juan pierre olga dmitri jenny carla bill
heard forgot realise realised telling lent sped wept leapt drank rung sang struck shook chose drove rode threw
blew cast approver approvers doc docs chunk chunks investor investors shareholder shareholders guest guests visitor visitors delegate delegates inspector
christmas xmas easter thanksgiving ramadan diwali advent carnival leeds
scanner scanners die dies died dying show shows showing shown crawl creak lass chap chaps folk folks inspector outlet outlets resort
booth lab labs farewell surge ace sane nuts moan plead nag mend train trainee lecture bios tester wobble struggle stutter
region regions zone zones account accounts project projects environment environments datacenter fleet platform during
woke whereas whether whose whom among throughout toward towards onto unlike despite via amid besides beneath beside behind
below dave bob alice carol erin frank mary john peter anna eating eats going doing being having making coming getting
looking waiting working testing testers severity phase state kernel patch window freeze leak leaking leaks tight spare
room rn thx approval mine mining crypto translate german hang hangs hung slow slower slowly stale broken weird able
about above actual add adult afraid again against age ago agree air almost alone along already also although always
angry animal answer any apart apply april area arm around arrive art article ask asleep assume august autumn aware
away baby back bad bag ball bank base basic bath bean bear beat beautiful bed beer begin believe best better between
beyond bill bird birthday bit black blog blood blue board boat body bone book born boss bother bottom bowl boy brain
bread break breakfast breath bridge brief bright broad brother brown budget bug building burn bus business busy buy
cake call calm camera camp car card care carry case cash cat catch cause center century certain chain chair chance
charge chart chat cheap cheese chef chest chicken child choice choose church circle city claim class clean clear
clever climate climb clock close clothes cloud club coach coast coat code coffee cold college color come common
company compare complete concern condition conference contact continue contract cook cool copy corner correct cost
cotton could country couple courage course court cover cow crazy cream create crime cross crowd cry culture cup
customer customers cut dad daily damage dance danger dark data date daughter day deal dear death debt december decide
deep degree demo demand depend describe design desk destroy develop diary die diet difference difficult dinner direct
dirty discount discuss dish doctor dog dollar door doubt dream dress drink drive driver drop dry duck due dust duty
each ear early earn earth ease east easy eat edge education effect effort egg eight either elect election else email
empty end enemy energy engine english enjoy enough enter equal escape essay even evening event ever evil exam example
excuse exercise expect expensive explain express eye face fact fail fair faith fall family famous fancy far farm
fashion fast fat father fault favor fear feature february feed feel feet few field fight figure film final find fine
finger finish fire fish fit five fix flag flat flight floor flower fly fold follow food fool foot football force
foreign forget forgive form former forty forward four free french fresh friday friend front fruit fun funny future
gain game garden gas gate general gentle gift girl give glad glass goal god gold good grand grass gray great green
ground group grow guess guest guide guilty gun guy hair half hall hand handle happen happy hard hate head health hear
heart heat heavy height help hero hide high hill hire history hit hobby hole holiday home honest hope horse hospital
hot hotel hour house however huge human hundred hungry hunt hurry hurt husband ice idea ill imagine important inch
include income increase indeed inside intend interest internet invite iron island issue january job join joke journey
judge juice july jump june keep kid kill kind king kiss kitchen knee knife knock know lady lake land lane language
large last late laugh law lazy lead leaf learn least leather leave left leg legal lemon lend length lesson letter
level library lie life lift light like limit line lion lip liquid list listen little live lock lonely long look lose
loss loud love low luck lunch machine mad magic mail main major make male man manage many march mark market marry
match matter may meal mean measure meat media meet meeting member memory mention menu mess message metal method middle
might mile milk million mind minute miss mistake mix model modern mom moment monday money monkey month mood moon more
morning most mother mountain mouse mouth move movie much music must nail name narrow nation nature near neat neck need
neighbor nephew nerve nest never news nice night nine nobody noise none normal north nose note nothing notice novel
november number nurse object ocean october odd offer office often oil old once onion open opinion orange order other
ought outside oven page pain paint pair paper parent park part party pass past path patient pattern pause pay peace
pen pencil people pepper perfect person phone photo phrase piano pick picture piece pig pink pizza place plain plan
plane plant plate play please plenty poem poet point poison police polite pool poor popular pot pound power practice
praise pray prefer prepare present president press pretty price prince print prison private prize problem promise
proper protect proud prove public pull purple push put quality quarter queen question quick quiet quit quite race rain
raise rate reach read ready real reason receive recipe record red regret relax rely remain remember rent repair repeat
reply report rest result return rice rich ride right ring rise risk river road rock role roof root rope rose rough
round row royal rude ruin rule rush sad safe sail salary salad sale salt same sand saturday save saw say school
science sea search season seat second secret see seed seem sell send sense sentence september serious serve seven
several shade shadow shake shall shame shape share sharp sheep sheet shelf shine ship shirt shock shoe shoot shop
short shot shoulder shout shower sick side sign signal silent silly silver similar simple since sing single sink
sister six size skill skin skirt sky sleep slice slide slip small smart smell smile smoke smooth snake snow soap
social soft soldier solid solve someone something son song soon sorry sort soul sound soup south space speak special
speech speed spell spend sport spot spread spring square staff stage stair stamp stand star statement station stay
steal steam steel step stick still stomach stone store storm story strange street strong student study stupid style
subject success sudden sugar suggest suit summer sun sunday supply support suppose sure surface surprise sweet swim
sword table tail talk tall taste tax tea teach team tear teeth ten term test thank theater theory thick thin thing
think third thirst thirty thought thousand thread three throat throw thumb thursday ticket tie time tiny tired title
today together tomorrow tongue tonight tooth total touch tour tower town toy trade train training travel tree trip
trouble true trust truth try tube tuesday turn twelve twenty twice twin two ugly uncle under understand unit until
upon useful usual valley value various vast very victory video view village violin visit voice vote wait wake walk
wall wallet want war warm wash waste watch water wave weak wear weather wedding wednesday week weekend weight welcome
well west wet wheel while white whole wide wife wild win wind wine wing winter wise wish woman wonder wood wool word
work world worry worse worth wound write wrong yard year yellow yesterday young zero zoo actually anything checking checked checks counted counting everybody
guys here hopefully later latter maintenance migration needed needs noisy only overkill overload patching really release reload
runaway seriously spike stuff suddenly things thinking though through upgrade user users usually worked works yet
launch outage incident costs bills savings management manager colleague developer developers client stakeholder
auditor intern deadline sprint hotfix rollout rollouts password passwords credential credentials token tokens secrets
competitor hack stock bitcoin ability absence accept accident accord accounting achieve acknowledgement acquire act
activate actor adapt additional adequate adjust admit adopt advance advantage advice affect afford agency agenda
aggressive ahead aim alarm alert alike alive allocate allow aloud alter alternative amazing amount analysis analyst
ancient angle announce annoy annoying annual anyhow anymore anyone anyway anywhere apologize apparent appeal appear
applause application appoint appreciate approach appropriate approximate argue argument arise arrange array aside
aspect assess assign assist assistant associate attack attempt attend attention attitude attract audience audit author
authority automatic available average avoid award awful awkward backlog balance ban barely barrier basically basis
basket batch battery beach behave behavior belong benefit bet bid bind bite blame blast bleed bless blind blink bomb
bonus booking boost borrow bot bottleneck bounce bound branch brand brave breach brilliant bring broadcast browse
browser brush bucket build bump bunch bureau burst bury cabinet calculate calendar cancel candidate capable capital
capture career careful casual catalog catalogue category cautious celebrate certificate challenge champion channel
chaos chapter character checkbox checklist chief chip cite citizen civil clarify classic clause clerk click closet
closure clue cluster clutter collapse collect combine comfort command comment commit committee commercial communicate
community compete competition complain complaint complex compliance compliant complicate component compose compromise
concept concert conclude concrete conduct confident confirm conflict confuse confusing congrats congratulations
connection consequence consider consist consistent constant construct consult consumer contain contest context
contribute convenient convert convince cope corporate correspond council counter coverage crack crash craft creature
credit crew crisp criteria critical criticize crucial cruise cure curious currency curve custom cute cycle database
debate debug decade decent decision declare decline decorate decrease dedicated default defeat defend define
definitely definition delay delegate deliberate delicate delicious delight deliver delivery demonstrate dentist deny
department deposit depth derive deserve desire despair desperate detail detect determine device devil diagram differ
digital dig dimension director disagree disappear disappoint disaster discard discover disease dislike dispatch
display dispute distance distinct distribute district divide division document documentation domestic dominate donate
dose double doubtless downtime dozen draft drag drain drama dramatic draw drift drown dude dull dump duplicate
duration dynamic eager earnings easily economic economy editor efficient elegant elementary eliminate embarrass emerge
emergency emotion emphasis employ employee employer enable encounter encourage endless engage engineer engineers
enormous ensure enterprise entertain entire entrance entry equipment error escalate escalation essential establish
estate estimate evaluate eventually everyday everyone everything everywhere evidence exact excellent except exchange
excite exclude executive exhaust exist expand expense experience experiment expert expire explanation explore export
expose extend extensive extent external extra extreme facility factor factory failure faint fairly familiar fantastic
fascinate fatal favorite federal fee feedback fellow fever fiction fierce file fill filter finance financial finding
firm fixed flame flash flaw flavor flexible float flood flow focus folder forecast foremost forever format fortunate
forum found foundation founder fraction frame framework fraud freelance frequency frequent freshman frustrate
frustrated fuel fulfill function fund fundamental furniture furthermore fuss gather gear gender generate generous
genius genuine gesture ghost giant global glove goodness gorgeous gossip govern grab grade gradual graduate grant
graph grateful grave guarantee guard gut habit halfway halt handful handy hardware harm harmless harsh hassle haste
hazard headache headline headquarters heaven hello helpful helpless hence hesitate highlight hint hold honor hook
horrible horror host hover humor hypothesis identical identify idle ignore illustrate image immediate immense impact
implement import impose impossible impress impression improve improvement incredible inconvenience independent
indicate individual industry inevitable infant influence inform informal initial initiative inject injury inner
innocent innovation input inquiry insane insert inspect inspire install instance instant institute instruct
instruction insurance intellectual intense intention interaction interfere interim internal interpret interrupt
interval introduce introduction invent inventory invest investigate investment invisible invoice involve irrelevant
irritate isolate item jacket jealous jeans junior justice justify keen kickoff kidding label lack lag laptop largely
latest launder lawyer layer layout leader league lease legacy legend leisure lengthy liability license likely limited
link literally literature load loan local locate location logic logical logistics loop loose loot lousy lovely loyal
luckily luggage lunchtime luxury machinery magazine mailing mails maintain majority manual manufacture margin
marketing massive master material maximum mayor meaning meanwhile mechanic medical medicine medium meetings mental
mentor mercy merge mere merit messy metric microphone midnight migrate mild military minimal minimum ministry minor
miracle mirror miserable missing mission mixture mobile mode moderate modest modify monitor monster monthly moral
moreover motion motor mount multiple municipal murder muscle museum mutual mystery namely nasty native naturally
navigate nearby nearly necessary negative negotiate nervous network neutral nevertheless newbie newcomer newsletter
nightmare nonsense normally notable notebook noted notify notion novice nowhere nuclear numerous obey objection
objective obtain obvious occasion occasionally occupy occur odds offense official offline okay ongoing onboarding
online operate operation operator opponent opportunity oppose opposite optimal optimistic option optional oral orbit
ordinary organization organize origin original outcome outdated outer outfit output outstanding overall overdue
overhead overlap overlook overnight overtime overview overwhelm owe owner pace pack package panel panic paragraph
parallel parcel pardon particular particularly partly partner passage passenger passion passive paste patience payment
payroll peak peculiar penalty pending pension per percent percentage perfectly perform performance permanent
permission permit persist personal personally perspective persuade petition phenomenon philosophy physical pilot
pipeline pitch plague planned planning plastic player pleasant pleased pleasure plot plug pointless policy polish
pollution port portion portrait pose positive possess possibility possible post postpone potential powerful precious
precise predict preference prejudice preliminary preparation presence presentation preserve pressure presumably
prevent previous previously pricing pride primary principal principle prior priority privacy procedure proceed process
produce product production profession professional professor profile profit progress prohibit prominent promote prompt
proof propaganda property proportion proposal propose prospect protest prototype provide provision provoke psychology
publication publish punctual punish purchase pure purpose pursue puzzle qualify quantity quarrel quarterly quest queue
quickly quote racing radical random range rank rapid rare rather ratio reaction realistic reality realize rear
reasonable reassure recall receipt reception recession recommend recommendation recover recovery recruit reduce
reduction refer reference reflect refresh refund refuse regard regarding regional register registration regular
regularly regulate regulation reject relate relation relationship relative relevant reliable relief reluctant remark
remedy reminder remote removal render renew rental replacement represent representative reputation requirement rescue
research reserve resident resign resist resolve resource respect respond response responsible restore restrict retail
retain retire retro retrospective reunion reveal revenue reverse review reviewer revise revision revival revolution
reward rhythm ridiculous rip ritual rival robot robust rocket roster rotate roughly route routine rubbish rumor rural
sacred sacrifice sadly safety sake sample sanity satellite satisfy satisfied scale scandal scary scenario schedule
scheme scope score scratch scream screen screenshot script seal seating secondly secretary sector secure security seek
seldom selection self senior sensible sensitive separate sequence series session settle setup severe shift shipment
shortage shortcut shortly shutdown sigh signature significant silence similarly sincerely situation skip slack
slightly slot smoothly snapshot sober software solution sophisticated source spam span spark specialist specific
specify spectrum speculate spill spirit split spoil sponsor spontaneous spotlight spreadsheet stable stack staffing
standard standby standup stare startup starve statistic status steady steep stipulate stipulates stir storage strain strategic strategy
stream strength stress stretch strict strike strip stroke structure struggle stuck submit subscribe subscription
subsequent substance substitute subtle suck suffer sufficient suggestion suicide suitable suite sum summary superior
supervise supervisor supplement supplier supposed supposedly surely surgery surround survey survive suspect suspend
suspicious sustain swap swear sweep swift switch symbol symptom syndrome system tackle tactic talent target task tech
technical technician technique technology teammate telephone temperature template temporary temporarily tempt tend
tender tension terminal terrible territory terror text thanks theme therapy therefore thereby thorough threat threaten
threshold thrill thus tidy till timeline timing tip tissue toggle tolerate toll tool topic tough tournament trace
track tradition traffic tragedy trail transaction transcript transfer transform transit transition transparent
transport trap trash treat treatment tremendous trend trial tribute trick trigger triumph trivial truck truly tune
tutorial twist type typical typically ultimate unable unexpected unfortunately unique unite universal universe
university unknown unless unlikely unnecessary unusual update upper upset urban urge urgent usage utility utilize
vacation vague vacuum valid validate valuable vanish vehicle vendor venture verbal verify version versus veteran
viable vicious victim viewer vintage violate violence virtual virtue virus visible vision visitor visual vital vivid
vocabulary volume volunteer wander warehouse warn warning warrant wasteful watchdog weakness wealth weapon webinar
website weekly weigh whatever whenever wherever whichever whisper wholesale willing wipe wire wisdom withdraw witness
wizard workaround worker workflow workforce workshop worldwide worried worthless worthwhile wrap wrist writer yell
yield youth wants wanted wanting goes gone went got gave gives given giving said says saying told tells thinks knew
known knows took takes taken taking came comes made makes seen sees looks looked leaves leaving kept keeps keeping
began begun ran runs brought brings wrote written sat stood lost paid met including included continued set learned
changed led understood watched followed stopped created spoke spoken allowed added spent grew grown opened walked won
offered remembered loved considered appeared bought waited served died sent expected built stayed fell reached
remained suggested raised passed sold required reported decided pulled clutters cluttering maria tom lisa jan eva max
paul lars olga ivan pedro juan jose luis ana priya raj chen wei yuki kenji hans klaus stefan michael sarah laura emma
mia lena jonas lukas felix oliver jack harry george james robert david daniel thomas andrew kevin brian jason jeff
eric steve susan linda karen nancy betty helen sandra donna ruth sharon amy angela melissa brenda ceo cto cfo vp hr qa
sales superseded obsolete outdated deprecated replaced migrated orphaned unneeded abandoned expired rebuilt renamed retired
garbage eol eos wip wfh rfc eoy leftover leftovers redundant billing helpdesk interns contractor contractors consultant consultants broker brokers devs ops sre noc oncall pager
retest retests retested retesting recheck rechecked regression regressions repro psu mainboard motherboard electrician`;

/** Everyday words, lower case. */
export const plainWords: ReadonlySet<string> = new Set(text.split(/\s+/));
