// How people ask, wish, correct themselves and are polite. Questions are told by these words, and most of them say
// nothing about what is to be done. One line a class, phrases between bars; the longest phrase wins.

import { courtesyWords } from './courtesy.ts';

/** class → phrases between bars. */
export const talkWords: Readonly<Record<string, string>> = {
  need:
    'carry|receive|bear|to carry|should carry|should have|must have|should get|needs|needing|need|should|must|' +
    'ought|has to|have to|needs to|need to|should be|must be|needs to be|need to be|has to be|have to be|' +
    'is to be|are to be|wants|requires|require|ought to be|shall|shall be|want to be|can be|may be|' +
    'could be|to be|get|gets|is due for|is due|could use|would need|to get|can go|could do with|better be|' +
    'got to be|got to|be',
  why:
    'wy|whyy|what is the cause that|the cause that|what is the reason that|for which reason|' +
    'anything weird going on|anything unusual going on|anything strange going on|anything odd going on|' +
    'going on with|wrong with|anything wrong with|anything weird with|anything odd with|anything unusual with|anything strange with|anything off with|anything funny with|anything suspicious with|anything abnormal with|is up with|problem with|' +
    'problems with|issue with|issues with|trouble with|matter with|happening with|happening to|' +
    'going on in|going on on|anything weird|anything odd|anything unusual|something wrong with|' +
    'is wrong with|why|explain|how come|diagnose|investigate|troubleshoot|debug|root cause|root cause of|' +
    'what is wrong with|what is up with|what is going on with|what happened to|what causes|' +
    'what is causing|what caused|what made|reason|reason for|the reason|what is happening with|' +
    'what is the matter with|what is the problem with|what is the issue with|figure out why|find out why|' +
    'look into|cause for|the cause for|cause of|the cause of|reason why|what is behind|analyze|analyse|what went wrong with|' +
    'what is the reason|what makes|what is making|what is slowing|rca|rca for|for what reason|dig into|' +
    'get to the bottom of|should i|what is ailing|any idea why|wtf is wrong with|make sense of|' +
    'what brought|what is eating|what is breaking|what broke|what is hurting',
  when:
    'when will|when is|when does|when do|when|when would|will|forecast|fcst|prognosis|predict|prediction|projection|' +
    'project|going to|estimate|how long until|how long till|how long before|how soon|how much longer|' +
    'expected|projected|trend|outlook|extrapolate|are we going to|is going to|how many days until|' +
    'how many days before|days until|time until|when are|time to full|how many days till|eta|run rate|' +
    'at what point|by when|how long does',
  depends:
    'depends of|depend of|depends from|depend from|dependent on|dependent of|dependent from|depend|' +
    'depends on|depend on|dependencies|dependency|dependents|dependencies of|dependents of|topology|' +
    'topology of|blast radius|blast radius of|what would happen if|what happens if|what happens when|' +
    'what breaks if|what breaks when|what would break if|what will happen if|impact of|what uses|who uses|' +
    'what is using|what relies on|what is connected to|upstream of|downstream of|depend upon|depends upon|' +
    'dependency graph|relationships|relations of|what talks to|is it safe to|would it be safe to|safe to|' +
    'what will break if|topology around|dependency map|what would be affected if|what is affected if|' +
    'what is affected by|can i safely|can we safely|could i safely|could we safely|is it ok to|is it okay to|would it be ok to|are affected if|would be affected if|is impacted if|are impacted if|affected if|impacted if|what would be affected by|affected by|neighbors of|neighbours of|what needs|' +
    'relies on|rely on|hangs off|what hangs off|what hangs on|what sits behind|what goes down if|' +
    'what else goes down if|what dies if|map of|dependency tree|dependency chain|depending on|linked with|' +
    'connected with|consumers of|who depends on|which services depend on|what services use|' +
    'what will be influenced when|what will be influenced if|what would be influenced if|what is influenced when|what is influenced if|what will be affected when|what will be affected if|what would be affected when|what is affected when|what will be impacted when|what will be impacted if|what would suffer if|what suffers when|what suffers if|' +
    'impact if|the impact if|what is the impact if|what would the impact be if|consequences if|the consequences if|what are the consequences if|what is the effect if|' +
    'who would notice if|what if|what if i|suppose i|what would be impacted if|what is impacted if|' +
    'what would go down if|would anything break if|will anything break if|does anything depend on|' +
    'does anything use|what would we lose if|simulate|hypothetically|what would the impact be if|' +
    'what is the impact of|who talks to|what calls|what else hangs on|what else hangs off|what else depends on|what else uses|what else relies on|what else needs|what all depends on|what all hangs on|what would break without|what breaks without|what would stop without|what would not work without|what cannot work without|what runs on top of|who else uses|what else talks to|what else is using',
  changed:
    'what changed|what has changed|what was changed|changes|history|audit|audit log|audit trail|' +
    'audit logs|activity|recent changes|change log|changelog|who did what|what did|what has|what have|' +
    'what got changed|what were the changes|change history|anything change|anything changed|' +
    'did anything change|what all changed|audit records|audit entries|audit events|operations log|' +
    'activity log|what happened|what went on|what was done|what has been done|what has happened|' +
    'what all happened|what got done|what have people done|everything done|what was going on|' +
    'timeline of changes|timeline of the changes|change timeline|chronology of changes|timeline of|audit history|the history|all changes|any changes|what got|anything happen|anything happened|' +
    'paper trail|what people did',
  showCue:
    'describe|inspect|uptime of|uptime|since how long|for how long is|for how long has|how long is|how long are|how long has|how long have|since when is|since when has|since when are|details|details of|detail|details on|details about|info|information|info on|' +
    'info about|status|status of|state of|the state of|state|health of|health|tell me about|how is|' +
    'how are|condition of|specs of|specs|spec|config of|where is|what does|more about|information about|' +
    'information on|everything about|description of|how goes|summary for|properties of|properties|' +
    'check on|check|check up on|look at|have a look at|take a look at|how does|the details|get details|' +
    'whats up with|metadata of|attributes of|desc|profile of|age of|ip of|ip address of|size of|the ip of|' +
    'the size of|the age of|address of|the address of|up and running|how big is|how large is|how old is|' +
    'doing|doing ok|look like|looks like',
  ask:
    'compare|share|share with me|share with us|show|show me|get|get me|give me|hand me|fetch me|buy me|hook me up with|set me up with|sort me out with|display|print|tell me|find|find me|fetch|see|view|let me see|' +
    'i want to see|i would like to see|can i see|may i see|can i get|i need to see|let me know|report|' +
    'report on|look up|search for|pull up|bring me|do you know|any idea|know|i want to know|' +
    'i need to know|can you tell me|could you tell me|please tell me|show us|give us|present|output|' +
    'identify|locate|could i see|could i get|whats|return|figure out|find out|spit out|i wonder|curious|just curious if|just curious whether|' +
    'retrieve|pull|let us see|show all|get all|i would like to know|love to know|would love to know|i would love to know|interested to know|keen to know|wondering|tell us|provide|provide me|' +
    'can i have|query|look for|read me|read|read out|grab|hows|what do you know about|what about|' +
    'how about|i would be grateful for|i would appreciate|we would appreciate|i would be glad of|i would be happy to have|i would be interested in|i am interested in|could i trouble you for|may i trouble you for|can i trouble you for|i am looking for|we are looking for|is anyone aware of|is anybody aware of|are you aware of|does anyone know|does anybody know|do you happen to know|does anyone happen to know|may i ask|might i ask|can i ask|could i ask|may we ask|can i ask you|let me ask|i want to ask|i wanted to ask|i would like to ask|may i know|might i know|can i know|could i know|may we know|can we know|can you let me know|could you let me know|please let me know|please advise|kindly advise',
  correction:
    'no wait|wait no|i mean|i meant|scratch that|make that|correction|sorry i meant|no sorry|sorry|oops|' +
    'rather|actually|wait|no|strike that|hmm no|hold on|sorry i mean|actually no|uh no|er no|my bad|wrong|' +
    'not that|nope|hang on|no make it|no make that|make it|or rather|actually make it|actually make that|' +
    'nah|nah just|nah only|no actually|i said|i wanted|nvm|never mind|nevermind|no i meant|no i mean|better|ah no|oh wait|' +
    'wait i meant|wait i mean|oops i meant|oops sorry|no no|wait make it|wait make that|ups',
  same:
    'same for|same with|same thing for|the same for|do the same for|and the same for|likewise for|' +
    'ditto for|same in|the same in|same on|the same on|do the same in|do the same on|same thing in|' +
    'same thing on|same again for|do that for|do it for|and for|also for|and on|and in|also in|also on|' +
    'the same thing for|the same thing in|repeat for|repeat that for|same to|do the same to|' +
    'do the same with|the same to|the same with|now do|same deal for|same story for|and same for|' +
    'and also for|now the same for|now for|now in|repeat in|repeat it for|apply the same to|what about|' +
    'how about|and what about|and how about|and|and now|do|now|ditto|same thing with|exactly the same for|' +
    'as well for|too for',
  because:
    'because|since|as|so that|so|cause|cuz|coz|due to|because of|in order to|for the reason that|' +
    'given that|seeing that|thanks to|bc|b/c|owing to|in preparation for|ahead of|in time for|it is|' +
    'they are|we are|i am|that is|we have|i have|there is|there are|we do|we will|nobody|no one|customers|' +
    'users|people|they|we|i|it has|it does|it will|it was|it keeps|it looks|he|she|everyone|you know|' +
    'otherwise|or else|that way|to free|to save|to make|to avoid|to get|to fix|to handle|to reduce|to cut|' +
    'to keep|to apply|to pick up|to clear|to relieve|to be|as it|as they|as we|for maintenance|' +
    'for the weekend|for the night|for now|before patching|before maintenance|before the upgrade|' +
    'before upgrading|before the release|before i|to cope with|to deal with|the thing is|this is|' +
    'these are|those are|which is|just in case|to be safe|to be on the safe side|for safety|' +
    'as a precaution|turns out|thats|thx|looks like|seems|it seems',
  help:
    'how do i|how can i|how to|how would i|how should i|how do you|how does one|how do we|how can we|' +
    'what is the command to|what is the command for|explain how to|teach me|show me how to|tell me how to|' +
    'is it possible to|what commands',
  light:
    'do|perform|realize|realise|effectuate|carry out|issue|initiate|execute|make|give|take|trigger|conduct|undertake|put|' +
    'proceed with|do a|proceed to|go for|schedule|get|have',
  filler:
    `${courtesyWords}|` +
    'kannst du|kannst du bitte|koennen sie|können sie|kann man|for a while|for a bit|for today|for the day|einmal|mal|bitte einmal|bitte mal|doch|kurz|gerne|gern|jetzt|sofort|' +
    'por favor|porfa|porfavor|bitte|bitte schon|s il vous plait|svp|per favore|prego|gracias|danke|merci|grazie|' +
    "while you're at it|while youre at it|while we're at it|" +
    'do not mix it up|do not mix them up|do not mix that up|do not swap them|not the other way round|' +
    'while you are at it|while at it|while we are at it|while ur at it|while were at it|while i am at it|while im at it|meanwhile|in the meantime|at the same time|in parallel|' +
    'on the same occasion|in the same go|in one go|in the same breath|simultaneously|' +
    'on earth|in the world|yes do it|yes please do|order does not matter|the order does not matter|in any order|' +
    'order is not important|the order is not important|no particular order|in no particular order|' +
    'in whatever order|let us see then|let us see|ok let us see|' +
    'quick one|quick one for you|small one|one more thing|can sb|could sb|would sb|would somebody|would anybody|can anybody|could anybody|be so kind to|' +
    'my wish is to|so kind to|kind enough to|be kind enough to|my request is to|' +
    'i would appreciate it if|i would like it if|we would like it if|it would be great if|' +
    'it would be nice if|would be great if|would be nice if|i would be happy if|one after the other|' +
    'do not mix it up|do not mix them up|do not confuse them|' +
    'one time|a single time|just one time|one time only|' +
    'one after another|one by one|one at a time|in that order|in this order|in order|sequentially|' +
    'in sequence|in turn|each|sb|selected|highlighted|see to it that|please see to it that|ensure|' +
    'ensure that|make sure that|be sure that|way|please|pls|plz|plese|kindly|can you|could you|would you|' +
    'will you|can we|could we|may you|might you|are you able to|can u|could u|would you be able to|' +
    'could you possibly|you can|you could|you should|you must|you need to|you have to|hey|hi|hello|ok|' +
    'okay|ok so|okay so|so|well|um|uhm|umm|uh|er|erm|hmm|ah|oh|right|alright|yeah|yes|yep|yo|just|now|' +
    'right now|right away|immediately|asap|quickly|quick|at once|straight away|for me|for us|if you can|' +
    'if possible|if you could|if you would|if you do not mind|if it is not too much trouble|' +
    'when you get a chance|when you have a moment|when you have time|when you have a minute|' +
    'when you get a minute|when you can|whenever you can|thanks|thank you|thank you very much|many thanks|' +
    'thanks a lot|thx|ty|cheers|ta|i want you to|i want to|i want that you|i would like to|' +
    'i would like you to|i would like that you|i would like|i would love to|i need to|i need you to|' +
    'i have to|i need|i want|i wish to|i wish|we need to|we need you to|we want to|we want|we need|' +
    'we would like to|we should|we have to|we must|i must|i should|i am going to need you to|' +
    'we are going to|we will|i will|i think we should|i think you should|i guess|i think|let us|let me|' +
    'go ahead and|go and|try to|make sure to|make sure|be sure to|be so kind|be so kind as to|' +
    'be so kind and|be a dear and|be kind to|would you mind|do you mind|mind|do me a favor and|' +
    'do me a favour and|help me|help me to|help us|you to|simply|also|too|as well|team|guys|folks|mate|' +
    'buddy|dear|sir|dude|man|bro|boss|friend|pal|pilothouse|assistant|computer|there|here|really|very|' +
    'kind of|like|you know|maybe|perhaps|possibly|gently|carefully|safely|gracefully|properly|exactly|' +
    'precisely|together|respectively|only|up|sure|again|once again|to|it would be great if you could|' +
    'it would be nice if you could|it would be nice to|it would be great to|would be great if you could|' +
    'is it possible for you to|i was wondering if you could|wondering if you could|i wonder if you could|' +
    'the following|following|my name|good morning|good evening|good afternoon|greetings|morning|question|' +
    'quick question|just curious|urgent|urgently|hurry|fast|soon|time to|it is time to|anyway|basically|obviously|' +
    'of course|then|so then|all right|per|command|request|task|todo|ticket|fyi|btw|by the way|listen|look|' +
    'see|say|i am asking you to|i ask you to|i beg you to|i request you to|you are requested to|' +
    'requesting you to|request you to|do the needful and|do the needful|kindly do the needful|to please|' +
    'please to|ya|u|that you|for my|somehow|completely|entirely|fully|totally|permanently|for good|' +
    'forever|temporarily|manually|by hand|in total|altogether|overall|available to us|exist|existing|do exist|' +
    'at all|left|left over|at the minute|at this minute|this minute|these days|nowadays|knocking about|on file|on record|in stock|in our inventory|somewhere|out|out there|we have|i have|have we|to me|to us|me|us|i|we|you|same time|' +
    'at the same time|in parallel|simultaneously|in one go|already|yet|still|ever|even|ones|additional|' +
    'extra|another|brand new|fresh|fresh new|new|specific|specifically|particular|certain|given|own|thing|' +
    'on the other hand|on the one hand|by contrast|in contrast|conversely|called out|afterwards please|thanks in advance|much appreciated|appreciated|appreciate it|grateful|' +
    'i would be grateful if you could|i would appreciate it if you could|i would appreciate if you could|' +
    'i would try|i would try to|i suggest to|i suggest|i would suggest|i recommend|i recommend to|can someone|could someone|can anyone|could anyone|can somebody|could somebody|would someone|' +
    'someone please|someone|anyone|somebody|accordingly|please could you|please can you|be|sometime|' +
    'hopefully|k thx|kthx|hey there|hi there|yes please|total|much|so far|lot|a lot|tonight|remaining|' +
    'currently|at the moment|presently|at this time|at this moment|will|shall|gon|wanna|everybody|' +
    'everyone|for real|no rush|no hurry|no problem|it is urgent|this is urgent|urgent please|' +
    'lol|ffs|lmao|omg|wtf|damn|dammit|bloody|fucking|the hell|hell|shit|crap|haha|hehe|ugh|argh|gah|jeez|' +
    'sheesh|the fuck|goddamn|freaking|imo|tbh|rn|asap pls|innit|mate please|real quick|real fast|for the love of god|for gods sake|for heavens sake|ok google|hey google|hey siri|ok computer|for now|until further notice|till further notice|for the moment|for the time being|' +
    'would it be possible to|would it be possible for you to|is there a chance you could|' +
    'is there any chance you could|any chance you could|any chance you can|any chance to|' +
    'would it be ok to|would it be okay to|could it be possible to|may i ask you to|might i ask you to|' +
    'can the bot|could the bot|what i need is to|what i want is to|all i want is to|all i need is to|' +
    'the plan is to|the idea is to|i was asked to|we were asked to|i have been asked to|' +
    'we have been asked to|they asked me to|they asked us to|they want me to|they want us to|' +
    'i am supposed to|we are supposed to|i was told to|we were told to|be so nice and|be so nice to|' +
    'be so good as to|be so good and|it is needed to|it is necessary to|there is need to|it would be needed to|' +
    'it would be necessary to|it would be good to|it would be great to|it would be nice to|it is required to|' +
    'we would need to|i would need to|there is a need to|i would ask you to|may i ask you to|' +
    'i must ask you to|i have to ask you to|all the time|' +
    'there is a need to|please help to|please help me to|with immediate effect|effective immediately|please help|pls help|kindly help|please help and|help to|feel free to|remember to|do not forget to|' +
    'can you go ahead and|quick favor|quick favour|small favor|one favor|would you be so kind to|' +
    'would you be so kind as to|would you be so kind and|could you be so kind and|' +
    'could you be so kind as to|i would need you to|we would need you to',
};
