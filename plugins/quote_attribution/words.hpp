// The word lists behind lexicon.hpp: plain data, written for this project. Words are in lower case and
// separated by spaces; forms of regular verbs are derived from the base.
#pragma once

#include <string_view>

#include "lexicon.hpp"

namespace quote_attribution::words {

struct List {
  std::string_view words;
  uint32_t classes;
};

// Verbs that report speech whatever stands around them.
inline constexpr std::string_view reporting_verbs = R"(
add admit advise affirm announce answer argue ask assert assure boast caution claim clarify comment
complain concede conclude confess confide confirm contend continue counter cry declare demand deny
disclose echo elaborate emphasize emphasise exclaim explain express hint implore inform insist
interject joke lament lecture maintain mention mock muse mutter mumble note object observe opine
order plead pledge post proclaim promise quip rant reason recall recommend recount reiterate
remark remember remind repeat reply report respond retort reveal scold scream shout sigh signal state stress
suggest summarise summarize testify text thunder tweet underline underscore urge volunteer vow
warn whisper wonder yell blog caption chant chide chuckle deadpan enthuse fume gush inquire
interrupt intone narrate philosophise protest rail recite reflect rejoin relate retweet roar sneer
snap sniff specify speculate stipulate theorize theorise vent howl bark bellow crow gripe grumble
guess highlight indicate marvel predict preface press elucidate acknowledge allege attest
exhort fret riff grouse exult gloat surmise posit hypothesize hypothesise pronounce inveigh fulminate blare
beam beg plead retaliate concur demur reckon presume forecast estimate groan moan drawl hiss coo purr growl snarl mouth
)";
inline constexpr std::string_view irregular_reporting_verbs = R"(
say says said saying
tell tells told telling
write writes wrote writing
read reads read reading
quip quips quipped quipping
admit admits admitted admitting
put puts put putting
chat chats chatted chatting
blurt blurts blurted blurting
swear swears swore swearing
chip chips chipped chipping
chime chimes chimed chiming
brag brags bragged bragging
)";

// Verbs that may report speech, thought or a view: only used when nothing better stands nearby.
inline constexpr std::string_view weak_verbs = R"(
accuse agree applaud appeal believe blame celebrate challenge cite compare condemn consider
criticise criticize decry deem defend denounce deride describe detail dismiss endorse envision explore hail
hope imply liken lambast lambaste lash laud nickname offer outline praise question quote raise rebuke
refer regard reject request scoff slam support tout trash view voice advocate credit convince
laugh smile nod shrug grin pause gesture agree attack blast bemoan boo
dispute doubt elicit expect fear feature figure imagine introduce invoke issue label list pitch propose push
recognise recognize ridicule point start finish conjecture contrast rule rate sound tease thank trumpet
characterize characterise conjecture counsel charge crack coin hammer pivot seethe promote target skewer denigrate
berate chastise admonish rip reference float champion espouse preach parrot disavow repudiate rebut refute disagree allude boom
apologize apologise portray depict talk decide discuss envisage examine favor favour
)";
inline constexpr std::string_view irregular_weak_verbs = R"(
speak speaks spoke speaking
think thinks thought thinking
feel feels felt feeling
hear hears heard hearing
know knows knew knowing
see sees saw seeing
sing sings sang singing
rap raps rapped rapping
shoot shoots shot shooting
spell spells spelled spelling
go goes went going
begin begins began beginning
let lets let letting
sum sums summed summing
find finds found finding
refer refers referred referring
slam slams slammed slamming
rip rips ripped ripping
rebut rebuts rebutted rebutting
nod nods nodded nodding
shrug shrugs shrugged shrugging
grin grins grinned grinning
)";
inline constexpr std::string_view dubbing_verbs = R"(
call describe label brand term characterize characterise denounce dismiss deride decry condemn praise hail
blast regard portray identify paint criticize criticise rate mock ridicule deem depict
)";
inline constexpr std::string_view irregular_dubbing_verbs = R"(
dub dubs dubbed dubbing
slam slams slammed slamming
tag tags tagged tagging
)";

inline constexpr List lists[] = {
    {"the a an this that these those his her their our my your its one another some several many two three "
     "four five six both each every any no other all most more few eight seven nine ten dozens hundreds",
     determiner},
    {"he him himself his", masculine},
    {"she herself her", feminine},
    {"he she they i we who you it him them", pronoun},
    {"of for from at in on to with by about into over under between among against during after before "
     "through without within toward towards upon across behind beyond near since until despite regarding "
     "like per via amid including concerning outside inside around along as off out than",
     preposition},
    {"is was are were be been being has had have having do does did will would can could may might must "
     "shall should 's 'd hasn't didn't doesn't wasn't isn't won't wouldn't cannot can't hadn't haven't "
     "don't couldn't shouldn't weren't aren't",
     auxiliary},
    {"also later then once again often still just even never now ever always already soon here there "
     "too not first next earlier sometimes perhaps maybe rather instead yet simply flatly aloud back "
     "only indeed meanwhile however afterward afterwards further previously today's recently famously twice",
     adverb},
    {"and but or nor yet so plus", conjunction},
    {"that when while because if as although though since until whether who which whom whose what how why "
     "where unless whereas after before once",
     subordinator},
    {"mr mrs ms miss dr prof professor sir dame lord lady president vice senator sen rep representative "
     "gov governor secretary minister chancellor ambassador judge justice gen general lt col colonel maj "
     "major capt captain sgt sergeant det detective king queen prince princess pope rev reverend father "
     "sister congressman congresswoman sheriff officer commissioner director coach mayor chairman "
     "chairwoman chairperson chief deputy attorney prime premier speaker candidate nominee spokesman "
     "spokeswoman spokesperson former then ex lieutenant corporal private admiral bishop archbishop "
     "cardinal rabbi imam sheikh count countess duke duchess baron baroness councillor councilman "
     "councilwoman alderman delegate assemblyman assemblywoman inspector constable superintendent "
     "secretary-general vice-president attorney-general major-general under-secretary vice-chairman "
     "co-founder "
     "ex-president ex-minister president-elect "
     "cllr hon rt the acting undersecretary democrat republican",
     title},
    {"mr sir lord king prince pope father congressman chairman spokesman duke baron councilman alderman "
     "assemblyman salesman businessman policeman fireman actor waiter husband son brother uncle grandfather "
     "man boy gentleman dad widower bishop cardinal imam nephew",
     masculine},
    {"mrs ms miss dame lady queen princess sister congresswoman chairwoman spokeswoman duchess baroness "
     "councilwoman assemblywoman businesswoman policewoman actress waitress wife daughter mother aunt "
     "grandmother woman girl mom mum widow niece countess",
     feminine},
    {"spokesman spokeswoman spokesperson mayor official officials president senator governor minister "
     "secretary director chairman chairwoman chair chief officer judge lawyer attorney professor doctor "
     "analyst expert economist scientist researcher author writer reporter journalist editor actor actress "
     "singer coach player candidate nominee lawmaker lawmakers senators congressman congresswoman "
     "representative ambassador envoy diplomat general colonel sheriff commissioner deputy adviser advisor "
     "aide strategist consultant manager executive ceo founder owner activist advocate campaigner leader "
     "critic commentator columnist host anchor historian critic teacher student principal pastor priest "
     "bishop pope farmer worker nurse resident neighbor neighbour mother father wife husband son daughter "
     "brother sister friend voter supporter witness victim suspect defendant prosecutor man woman boy girl "
     "politician democrat republican billionaire businessman businesswoman businessperson entrepreneur mogul "
     "source insider veteran driver pilot captain passenger engineer developer designer artist musician "
     "user organizer organiser volunteer member head chancellor premier detective investigator agent "
     "physician surgeon psychologist therapist pollster operative surrogate fundraiser donor delegate "
     "superintendent dean provost fellow scholar biologist chemist physicist astronomer climatologist "
     "spokespeople speaker moderator contender hopeful frontrunner front-runner soldier firefighter "
     "policeman filmmaker "
     "ally staffer constituent employee mate counterpart confidant loyalist foe rival opponent colleague "
     "widow "
     "widower survivor pundit blogger retiree shopper customer client patient visitor tourist guide warden "
     "ranger "
     "fisherman skipper sailor banker trader investor broker accountant auditor regulator inspector "
     "negotiator "
     "mediator rebel militant protester demonstrator lobbyist philanthropist tycoon heir heiress chef baker "
     "barber "
     "carpenter plumber electrician mechanic technician librarian curator archivist translator interpreter "
     "clerk "
     "cashier janitor caretaker landlord tenant homeowner commuter cyclist motorist pedestrian paramedic "
     "midwife "
     "pharmacist dentist veterinarian psychiatrist counsellor counselor coroner grandmother grandfather "
     "cousin uncle "
     "aunt nephew niece girlfriend boyfriend classmate teammate roommate bystander onlooker eyewitness "
     "whistleblower "
     "hacker programmer striker midfielder quarterback pitcher referee umpire trainer golfer swimmer runner "
     "boxer "
     "producer comedian novelist poet musician rapper",
     role},
    {"official politician lawmaker senator diplomat candidate nominee billionaire businessman advocate "
     "activist executive minister governor mayor author professor lawyer analyst economist researcher "
     "scientist contender hopeful frontrunner congressman congresswoman republican democrat leader actor "
     "actress singer coach ambassador envoy mogul strategist adviser advisor",
     generic_role},
    {"family families crowd audience rally university college school department ministry committee "
     "commission council court house senate "
     "congress parliament party campaign police agency bureau office institute foundation center centre "
     "association organization organisation union company corporation corp inc ltd llc group bank fund "
     "news times post journal magazine network television radio tv association board authority service "
     "services force army navy guard team club league federation alliance coalition society church hospital "
     "airport street avenue road lane square drive hall pier harbor harbour park bridge river lake mountain "
     "county city state states district "
     "administration government republic kingdom act bill amendment award prize festival museum library "
     "theater theatre studio studios press daily herald tribune gazette chronicle guardian telegraph "
     "project program programme initiative conference summit forum show week day night year war treaty "
     "facebook twitter instagram youtube google apple amazon microsoft netflix media trust academy "
     "industries "
     "airlines motors systems technologies energy health international national global federal",
     group},
    {"monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
     "august september october november december jan feb aug sept oct nov dec yesterday today tomorrow "
     "tonight late early last next earlier later recently afterward ago mon tue wed thu fri sat sun",
     time_word},
    {"mr mrs ms dr prof sen rep gov gen lt col maj capt sgt det rev st jr sr vs no jan feb mar apr jun jul "
     "aug sept sep oct nov dec inc corp co ltd hon ave blvd dept est fla calif mass conn penn va md ga ala "
     "miss tenn ky ark tex okla kan neb mo ill wis mich minn ind ariz colo nev wash ore mont wyo etc sens "
     "reps messrs supt insp cllr rt u.s u.n u.k e.g i.e d r",
     abbreviation},
    {"america american americans britain british france french germany german russia russian ukraine "
     "ukrainian china chinese japan japanese india indian israel israeli iran iranian iraq iraqi syria "
     "syrian "
     "canada canadian mexico mexican europe european africa african asia asian australia australian italy "
     "italian spain spanish poland polish turkey turkish egypt egyptian saudi arabia korea korean cuba cuban "
     "brazil brazilian greece greek sweden swedish norway norwegian denmark danish finland finnish ireland "
     "irish scotland scottish wales welsh england english netherlands dutch belgium belgian austria austrian "
     "switzerland swiss portugal portuguese pakistan pakistani afghanistan afghan vietnam vietnamese "
     "philippines filipino indonesia indonesian kenya nigerian nigeria london paris berlin moscow beijing "
     "washington york boston chicago houston texas florida ohio iowa california virginia carolina georgia "
     "michigan pennsylvania nevada arizona wisconsin minnesota colorado hampshire jersey massachusetts "
     "maryland oregon kentucky tennessee alabama louisiana mississippi missouri arkansas kansas nebraska "
     "oklahoma dakota montana wyoming idaho utah alaska hawaii maine vermont connecticut delaware illinois "
     "indiana u.s us uk u.k eu un u.n nato kyiv brussels geneva rome madrid tokyo seoul delhi cairo "
     "jerusalem gaza baghdad kabul tehran sydney toronto dublin edinburgh muslim christian jewish democratic "
     "n.h. n.j. n.y. n.c. s.c. n.d. s.d. r.i. d.c. n.m. u.k. u.n. "
     "white black african-american latino hispanic north south east west northern southern eastern western "
     "central united states kingdom",
     place},
    {"autobiography biography trailer spot commercial miniseries newsletter titled entitled called dubbed "
     "nicknamed film movie song album book novel play show series episode "
     "programme program podcast poem essay column article headline slogan hashtag single sitcom musical "
     "documentary memoir video exhibition named labeled labelled known so-called bestseller painting "
     "drama comedy magazine game opera track theme motto anthem mantra refrain ballad hymn thriller sequel "
     "trilogy "
     "blockbuster word words term phrase name alias aka",
     names_work},
    {"em n til tis twas cause bout round neath kay cept nuff ere em' o", elision},
    {"statement statements report letter email e-mail memo tweet tweets post message posting editorial "
     "filing lawsuit complaint article blog note document press release petition study paper banner sign "
     "motion brief resolution poll survey placard billboard suit readout transcript agreement contract "
     "charter constitution manual playbook "
     "pamphlet flyer leaflet  website newspaper magazine op-ed headline caption ad ads",
     statement},
    {"took sought made gave used got came held kept met won lost led left ran became brought began drew "
     "fell fought forgot froze grew hid hit hurt knew laid lent lay meant paid quit rode rose sent shook "
     "shut sat slept slid sold spent spun stood stole struck swung taught threw tore wore wound withdrew "
     "needs "
     "wants seems helped tried wanted worked moved stayed turned opened joined tends ought declined refused "
     "sang sings rapped raps shot shoots spelled spells continue continues continued started began starts "
     "begins heard hears hear let "
     "lets paused pauses laughed smiled nodded "
     "shrugged gestured grinned "
     "managed agreed planned attempted appeared seemed happened served",
     action},
    {"claim claims assertion assertions suggestion suggestions statement statements comment comments remark "
     "remarks "
     "argument promise pledge vow warning warnings call calls declaration insistence belief accusation "
     "accusations "
     "allegation allegations admission dictum criticism description characterization characterisation "
     "aside emphasis pronouncement plea mantra refrain boast joke quote lament tirade rant exhortation "
     "prediction "
     "predictions testimony message talk denial proposal proposals motto slogan demand demands proclamation "
     "announcement observation rallying critique denunciation endorsement reference references repetition "
     "contention complaint conclusion explanation answer response reply rejoinder retort quip",
     speech_noun},
    {"according", accords},
    {"claims comments reports states calls offers attacks supports remarks promises orders questions answers "
     "demands "
     "hopes fears notes points posts quotes tweets texts jokes labels estimates forecasts details outlines "
     "lists "
     "issues challenges appeals cautions replies shouts cries screams vows pledges rules rates finds praises "
     "features "
     "figures protests requests starts blasts signals stresses counters objects reasons mentions laments "
     "lectures "
     "raps snaps howls barks sighs murmurs counsels views voices credits debates boasts hints whispers "
     "wonders "
     "guesses highlights marvels predicts previews captions blogs retweets reads puts shoots spells begins "
     "sings "
     "sounds thanks blames trumpets labels images plots agrees favors favours decides discusses claim "
     "comment "
     "report state call offer attack support remark promise order question answer demand hope fear note "
     "point post "
     "quote tweet text joke label estimate forecast detail outline list issue challenge appeal caution reply "
     "shout "
     "cry scream vow pledge rule rate praise feature figure protest request start blast signal stress "
     "counter "
     "object reason mention lament lecture rap snap howl bark sigh counsel view voice credit debate boast "
     "hint "
     "whisper wonder guess highlight thought felt found saw set read put",
     also_noun},
    {"jr sr ii iii iv", suffix},
    {"van von der den de del della di da dos du la le al el bin ibn ben ter ten af", particle},
    {"james john robert michael william david richard joseph thomas charles christopher daniel matthew "
     "anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason "
     "jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel "
     "gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry douglas "
     "zachary peter kyle noah ethan jeremy walter christian keith roger terry austin sean gerald carl harold "
     "dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah "
     "wayne randy vincent mason roy ralph bobby russell bradley philip phillip eugene bill bob jim tom mike "
     "dan dave steve ted jeb marco bernie barack mitt newt rand chris rick ben ron tim tony rob ed jeff greg "
     "matt nick sam josh andy doug ken don ray pete harry oliver hugh simon nigel neil ian graham gordon "
     "boris vladimir sergei dmitry ivan mikhail volodymyr andriy oleksandr viktor yuri igor mohammed "
     "muhammad mohamed ahmed ali hassan hussein omar ibrahim abdullah yusuf mahmoud carlos luis miguel "
     "antonio manuel francisco pedro jorge fernando pablo diego javier pierre jean jacques francois louis "
     "henri michel hans klaus wolfgang stefan karl heinz jurgen giovanni marco paolo luigi andrea kenji "
     "hiroshi wei ming raj sanjay ravi amit narendra arun lech jan piotr erik lars nils bjorn mitch harry "
     "chuck hank gus leo max theo felix oscar hugo martin glenn craig todd brad chad kurt derek trevor lee "
     "curtis clarence stanley leonard norman earl marvin calvin lloyd duncan malcolm angus rupert nathaniel "
     "mario dominik olaf dmitri giorgio giuseppe enrique ricardo roberto alberto rafael raul hector arturo "
     "julio "
     "emmanuel didier olivier mathieu guillaume sebastian matthias markus tobias florian lukas johan mikael "
     "anders "
     "henrik soren kristian pavel tomas jiri vaclav zoltan istvan andrzej tomasz pawel marek krzysztof "
     "alexei "
     "nikolai oleg maksim andrei rashid khalid tariq imran bilal hamid karim nasser salman abdul kofi kwame "
     "chidi "
     "emeka takeshi haruto jin hiroshi rajesh vikram arjun rahul anil suresh miles toby jake luke ethan liam "
     "connor callum ewan rory declan niall aidan gareth rhys owen desmond cedric darren jermaine tyrone "
     "andre "
     "elliot elliott evan ross dean drew grant wesley spencer warren ernest theodore franklin",
     given_name | masculine},
    {"mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret "
     "sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca "
     "sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha "
     "katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce "
     "virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline "
     "martha gloria teresa ann anne sara madison frances kathryn janice jean abigail alice julia judy sophia "
     "grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte "
     "marie kayla alexis lori hillary carly kellyanne ivanka melania nikki loretta elena sonia angela "
     "theresa "
     "nicola ursula christine olga irina natalia svetlana tatiana alena oksana yulia fatima aisha leila "
     "yasmin carmen rosa lucia ana isabel sofia claire camille brigitte giulia francesca ingrid astrid mei "
     "yuki keiko priya sunita indira debbie wendy tammy tina jill jen jenny katie kate kathy liz beth sue "
     "sally molly lucy jane joanna joanne holly tracy valerie vanessa veronica monica april erin paula "
     "robin gail gina leslie lynn lynne ellen elaine eileen sylvia rose ruby pearl stella norma phyllis "
     "clara ines hanna agnes marta greta ida ella lena nora dora edith ruby hilda ivy eva elsa anja katrin "
     "sabine "
     "petra monika renate helga ursula birgit ulrike heike jutta silke lucie chloe amelie juliette sophie "
     "helene "
     "chiara elisa paola silvia beatrice lucrezia marisol ximena guadalupe pilar dolores mercedes consuelo "
     "beatriz "
     "agnieszka katarzyna malgorzata zofia ewa joanna anastasia ekaterina daria ludmila galina nadia zainab "
     "khadija amina samira layla noor priyanka deepika anjali kavita meera ngozi adaeze amara zuri naomi "
     "abby "
     "addison avery hailey mackenzie paige brooke shannon tara kerry siobhan niamh aoife ciara saoirse maeve "
     "gemma "
     "harriet imogen phoebe poppy freya isla eilidh mhairi catriona tanya latoya keisha "
     "josephine louise lois vera vivian yvonne zoe chelsea bridget caroline claudia audrey naomi miriam",
     given_name | feminine},
};

}  // namespace quote_attribution::words
