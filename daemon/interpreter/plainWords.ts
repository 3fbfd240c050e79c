// Everyday words that mean nothing to an operation. They are known so that they are never taken for a mistyped name
// or verb ("chart" is not "cart"); they still count as not understood where a change depends on them.

const text = `region regions zone zones account accounts project projects environment environments datacenter fleet platform during whereas whether whose whom among throughout toward towards onto unlike despite via amid besides beneath beside behind below dave bob alice carol erin frank mary john peter anna eating eats going doing being having making coming getting looking waiting working testing testers severity phase state kernel patch window freeze leak leaking leaks tight spare room rn thx approval mine mining crypto translate german hang hangs hung slow slower slowly stale broken weird able about above actual add adult afraid again against age ago agree air almost alone along already also
although always among angry animal answer any apart apply april area arm around arrive art article ask asleep assume
august autumn aware away baby back bad bag ball bank base basic bath bean bear beat beautiful bed beer begin behind
believe below best better between beyond bill bird birthday bit black blog blood blue board boat body bone book born
boss bother bottom bowl boy brain bread break breakfast breath bridge brief bright broad brother brown budget bug
building burn bus business busy buy cake call calm camera camp car card care carry case cash cat catch cause center
century certain chain chair chance charge chart chat cheap cheese chef chest chicken child choice choose church circle
city claim class clean clear clever climate climb clock close clothes cloud club coach coast coat code coffee cold
college color come common company compare complete concern condition conference contact continue contract cook cool
copy corner correct cost cotton could country couple courage course court cover cow crazy cream create crime cross
crowd cry culture cup customer customers cut dad daily damage dance danger dark data date daughter day deal dear death
debt december decide deep degree demo demand depend describe design desk destroy develop diary die diet difference
difficult dinner direct dirty discount discuss dish doctor dog dollar door doubt dream dress drink drive driver drop
dry duck due dust duty each ear early earn earth ease east easy eat edge education effect effort egg eight either
elect election else email empty end enemy energy engine english enjoy enough enter equal escape essay even evening
event ever evil exam example excuse exercise expect expensive explain express eye face fact fail fair faith fall family
famous fancy far farm fashion fast fat father fault favor fear feature february feed feel feet few field fight figure
film final find fine finger finish fire fish fit five fix flag flat flight floor flower fly fold follow food fool foot
football force foreign forget forgive form former forty forward four free french fresh friday friend front fruit fun
funny future gain game garden gas gate general gentle german gift girl give glad glass goal god gold good grand grass
gray great green ground group grow guess guest guide guilty gun guy hair half hall hand handle hang happen happy hard
hate head health hear heart heat heavy height help hero hide high hill hire history hit hobby hole holiday home honest
hope horse hospital hot hotel hour house however huge human hundred hungry hunt hurry hurt husband ice idea ill imagine
important inch include income increase indeed inside intend interest internet invite iron island issue january job join
joke journey judge juice july jump june keep kid kill kind king kiss kitchen knee knife knock know lady lake land lane
language large last late laugh law lazy lead leaf learn least leather leave left leg legal lemon lend length lesson
letter level library lie life lift light like limit line lion lip liquid list listen little live lock lonely long look
lose loss loud love low luck lunch machine mad magic mail main major make male man manage many march mark market marry
match matter may meal mean measure meat media meet meeting member memory mention menu mess message metal method middle
might mile milk million mind minute miss mistake mix model modern mom moment monday money monkey month mood moon more
morning most mother mountain mouse mouth move movie much music must nail name narrow nation nature near neat neck need
neighbor nephew nerve nest never news nice night nine nobody noise none normal north nose note nothing notice novel
november number nurse object ocean october odd offer office often oil old once onion open opinion orange order other
ought outside oven page pain paint pair paper parent park part party pass past path patient pattern pause pay peace pen
pencil people pepper perfect person phone photo phrase piano pick picture piece pig pink pizza place plain plan plane
plant plate play please plenty poem poet point poison police polite pool poor popular pot pound power practice praise
pray prefer prepare present president press pretty price prince print prison private prize problem promise proper
protect proud prove public pull purple push put quality quarter queen question quick quiet quit quite race rain raise
rate reach read ready real reason receive recipe record red regret relax rely remain remember rent repair repeat reply
report rest result return rice rich ride right ring rise risk river road rock role roof room root rope rose rough round
row royal rude ruin rule rush sad safe sail salary salad sale salt same sand saturday save saw say school science sea
search season seat second secret see seed seem sell send sense sentence september serious serve seven several shade
shadow shake shall shame shape share sharp sheep sheet shelf shine ship shirt shock shoe shoot shop short shot shoulder
shout shower sick side sign signal silent silly silver similar simple since sing single sink sister six size skill skin
skirt sky sleep slice slide slip slow small smart smell smile smoke smooth snake snow soap social soft soldier solid
solve someone something son song soon sorry sort soul sound soup south space speak special speech speed spell spend
sport spot spread spring square staff stage stair stamp stand star statement station stay steal steam steel step stick
still stomach stone store storm story strange street strong student study stupid style subject success sudden sugar
suggest suit summer sun sunday supply support suppose sure surface surprise sweet swim sword table tail talk tall taste
tax tea teach team tear teeth ten term test thank theater theory thick thin thing think third thirst thirty thought
thousand thread three throat throw thumb thursday ticket tie tight time tiny tired title today together tomorrow tongue
tonight tooth total touch tour toward tower town toy trade train training travel tree trip trouble true trust truth try
tube tuesday turn twelve twenty twice twin two ugly uncle under understand unit until upon useful usual valley value
various vast very victory video view village violin visit voice vote wait wake walk wall wallet want war warm wash
waste watch water wave weak wear weather wedding wednesday week weekend weight welcome well west wet wheel while white
whole wide wife wild win wind window wine wing winter wise wish woman wonder wood wool word work world worry worse
worth wound write wrong yard year yellow yesterday young zero zoo
actually anything better busy customers either else expensive everybody guys heavy here hopefully later latter lunch
maintenance migration needed needs noisy only overload patch patching really release reload report runaway seriously
something soon spike stuff suddenly sure things think thinking though through together until upgrade user users
usually weekend worked working works yet demo launch outage incident budget costs cost bills savings management
manager colleague developer developers client stakeholder auditor intern deadline sprint hotfix rollout rollouts
password passwords credential credentials token tokens secret secrets joke poem election flight hotel pizza salary
competitor hack translate weather song story recipe stock bitcoin`;

/** Everyday words, lower case. */
export const plainWords: ReadonlySet<string> = new Set(text.split(/\s+/));
