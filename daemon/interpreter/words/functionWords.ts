// The small words that build a sentence: what joins, bounds, counts, orders and points. One line a class, phrases
// between bars; the longest phrase wins. Nothing here names an operation or a kind of thing.

/** class → phrases between bars. */
export const functionWords: Readonly<Record<string, string>> = {
  and:
    'and|&|&&|plus|additionally|and additionally|and in addition|as well as|along with|and also|und|n|together with|and then also|and likewise|vs|versus|' +
    'compared to|compared with|in comparison to|in comparison with|compare to|compares to|compare with|' +
    'compares with|as opposed to',
  or: 'or',
  comma: ',',
  stop: '.|;|!|?|…|...',
  colon: ':|—|–|-|--',
  stays:
    'must stay|has to stay|have to stay|should stay|needs to stay|need to stay|shall stay|may stay|can stay|' +
    'stays|must remain|has to remain|should remain|shall remain|remains|must keep running|' +
    'has to keep running|should keep running|needs to keep running|must not be touched|' +
    'should not be touched|is still needed|are still needed|is needed|are needed|must survive|' +
    'has to survive|should survive|must be kept|should be kept|has to be kept|must be left alone|' +
    'should be left alone|is still in use|are still in use|stay up|must stay up|should stay up|' +
    'stays up|must be spared|is to stay|is to be kept|stay|remain|we keep|we still need|i still need|' +
    'shall not be touched|is not to be touched|are not to be touched|must stay alive|must stay online|' +
    'should stay online|must not go down|must not be deleted|must not be stopped|stays as it is|' +
    'must stay as it is|stays untouched|must stay untouched|should stay untouched|is off limits|' +
    'are off limits|is excluded|are excluded|has to stay up|stays on|must stay on|should stay on',
  open: '(|[|{',
  close: ')|]|}',
  afterwards:
    'and once thats done|once thats done|when thats done|after thats done|and when thats done|once its done|' +
    'when its done|once its up|when its up|once thats finished|once its back|once it is back|when it is back|' +
    'and once it is up|and once it is back|at last|and at last|' +
    'and after this|and once that is done|and when that is done|after that is done|after it is done|' +
    'post that|and post that|post this|and post this|post which|and post which|' +
    'afterwards also|and once it is done|and at the end|at the end|and when finished|' +
    'when that is finished|when this is done|once this is done|then|and then|after that|afterwards|' +
    'afterward|next|and after that|and afterwards|followed by|once done|when done|once that is done|' +
    'when that is done|after this|and finally|finally|subsequently|when finished|once finished|' +
    'and when done|and once done|thereafter|once it is done|when it is done|after which|' +
    'and lastly|lastly|then finally|when that finishes|once complete|when complete|only then|' +
    'and only then|once that finishes|once it has finished|when it is finished|once it is finished|' +
    'once it is complete|right after|right after that|later|and subsequently|when ready|once ready|' +
    'once it is up|when it is up|when it is there|and when it is there|once it exists|when it exists|as soon as it exists|as soon as it is there|once it is ready|when it is ready|once it is there|once that is finished|' +
    'once it completes|when it completes|then after that|and after|done that|as soon as it is done|' +
    'as soon as that is done|as soon as it is ready|wait until it is down|wait until it is up|' +
    'wait until it is ready|wait until it is done|wait until it is finished|wait until it is stopped|' +
    'wait until it is off|wait until it is back|wait until that is done|wait until done|' +
    'wait until it has stopped|wait till it is down|wait till it is up|wait till it is done|wait for it|' +
    'wait for it to finish|wait for it to stop|wait for it to be down|wait for it to come up|' +
    'wait for that|wait for that to finish|in the end|and in the end|secondly|thirdly|fourthly|after which you|' +
    'at last|last of all|and last of all|last but not least|and last but not least|at the very end|' +
    'and at the very end|as the final step|and as the last step|as the last step|as a last step|to finish|to round it off|as a second step|as a next step',
  before:
    'before|prior to|but before|before that|but before that|but first|before you|before we|before i|before i pop off|before i pop out|' +
    'before doing that',
  after: 'after|once|as soon as|after you|after we|once you have|after you have|once you|having',
  first:
    'first|firstly|first of all|to begin with|start by|begin by|first up|step 1|step one|before anything else|' +
    'before everything else|before all else',
  all:
    'all|every|each|all of|all the|all of the|each of|every single|each of the|each and every|any and all|' +
    'every one of|every one of the|all those|all these|all my|all our|the entire|entire|whole|the whole|' +
    'everyone of|al|evry|evrey|eveyr',
  any: 'any|any of|whichever|whatever|any of the',
  both: 'both|both of|both the|both of the|the both|bothe|boht',
  everything:
    'everything|all things|all resources|every resource|it all|all of it|the lot|the whole lot|' +
    'all the things|the whole thing|all stuff|every thing|anything|all infrastructure|' +
    'the entire infrastructure|whole infrastructure|the entire environment|the whole environment|' +
    'entire cloud',
  det: 'the|a|an|my|our|your|some|that particular|this particular|one of',
  demonstrative: 'this|that|these|those',
  pronoun:
    'the selected one|the selected ones|selected ones|what is selected|the selection|the highlighted one|' +
    'my selection|what i selected|the selected thing|it|them|this one|that one|these ones|those ones|' +
    'the same one|the same|the same ones|all of them|both of them|itself|they|he|him|she|her|each of them|' +
    'em|em all|em both|all of em|both of em|they all|they both|those both|these both|' +
    'both of those|both of these|each of those|each of these|the whole lot|the lot of them|' +
    'the thing|the one|them all|them both|those all|these all|all these|all those|those two|these two',
  other:
    'the other one|the other|other one|another one|the others|the other ones|the other two|the former|the latter|the first one|the second one|the third one|' +
    'the rest',
  one: 'one|ones',
  possessive: "'s",
  their: 'its|their|his',
  of: 'of',
  prep:
    'form|live on|live in|lives on|lives in|run on|runs on|run in|runs in|sit on|sits on|reside on|' +
    'reside in|resides on|sit in|off of|running at|deployed to|in|on|at|for|from|to|into|onto|with|by|' +
    'within|inside|under|via|over|using|across|about|off|as|through|per|down to|up to|out to|back to|till|' +
    'until|around|inside of|out of|towards|upto|against|regarding|behind|running in|living in|running on|' +
    'located in|located on|located at|situated in|situated on|residing on|placed on|deployed on|housed on|housed in|hosted on|hosted in|deployed in|scheduled on|sitting in|over in|over on|down in|up in|' +
    'placed in|coming from|belonging to|owned by|that belong to|belongs to|belong to|part of|members of|' +
    'that runs on|that run on|that runs in|that run in|residing in|which belong to|made from|based on|' +
    'built from|connected to|linked to|wired to|plugged into|mounted on|hanging off|hanging on|' +
    'that lives in|that live in|sitting on',
  outside:
    'outside|outside of|not in|anywhere but|not within|not inside|not on|everywhere but|that are not in|' +
    'that is not in|which are not in|not from|not belonging to|that are not on',
  except:
    'excl|excl.|exc.|unless they are|unless it is called|unless they are called|unless named|unless called|unless tagged|unless they are in|unless it is in|unless they belong to|unless it belongs to|unless it is the|unless they are the|except|except for|excluding|but not|other than|all but|apart from|besides|without|save for|' +
    'with the exception of|minus|aside from|not including|not counting|bar|leaving out|skip|skipping|but leave|leave|' +
    'leaving|but keep|keep|keeping|exclude|but skip|not touching|do not touch|but do not touch|' +
    'unless it is|but the|just not|sans|only not|with exception of|barring|but spare|spare|sparing|' +
    'everything but|all except|all except for|and not|no touch|but without|not the|but exclude|and leave|' +
    'and keep|and skip|ignoring|but ignore|omit|omitting|please leave|please keep|please skip|' +
    'anything but|but|except from|ex|hands off|stay away from|do not include',
  alone: 'alone|as is|as it is|as they are|in peace|untouched|running',
  not: '!=|not|never|no|do not|no longer|none|please do not|you must not|must not|should not|does not|not to',
  attachedTo:
    'attached to|mounted to|connected to|belong to|belongs to|attached on|mounted on|hooked to|used by|in use by|plugged into|' +
    'that is attached to|that are attached to|which is attached to|which are attached to|that hangs on|' +
    'hanging on|bound to|assigned to|that belongs to|backing|associated with|behind',
  that:
    'that|which|who|whose|that is|that are|which is|which are|where|that was|that were|which was|' +
    'which were|currently|that has been|that have been|which have been|who is|who are|that has|that have|' +
    'which has|which have|has been|have been|that keeps|that keep|which keeps|still',
  be: 'is|are|was|were|be|been|being|am|isnt|r',
  have: 'has|have|had|having',
  do: 'do|does|did',
  what:
    'what|which|what is|what are|which of|which one|which ones|what all|what kind of|are there|is there|' +
    'do we have|do i have|do we happen to have|do you happen to have|do we by any chance have|do we actually have|do we still have any|have we got|what have we got|what have i got|what we got|what have we got in the way of|what do we have in the way of|what is there in the way of|what were|what was|is there any|are there any|do we have any|' +
    'what do we have|got any|do you have|are any|is any|have any|do any',
  howMany:
    'how many|number of|count|count of|how much|the number of|total number of|the count of|count up|' +
    'what is the number of|what number of|total of|how many of|count how many',
  who:
    'who|by whom|whom|who has|who was it that|who is the one who|who did|what user|which user|who all|who all has|who all have|tell who|tell who all|tell me who all|' +
    'kindly tell who|kindly tell who all|kindly tell me who all|' +
    'who on the team|which person|whoever|who is been|' +
    'is there somebody that has|is there somebody who has|is there somebody that|is there somebody who|is there somebody that did|is there somebody who did|is there someone that has|is there someone who has|is there someone that|is there someone who|is there someone that did|is there someone who did|' +
    'is there anybody that has|is there anybody who has|is there anybody that|is there anybody who|is there anybody that did|is there anybody who did|is there anyone that has|is there anyone who has|is there anyone that|is there anyone who|is there anyone that did|is there anyone who did',
  runOut:
    'run out of|running out of|fill up|filling up|full|exhausted|exhaust|run out|runs out|runs out of|' +
    'be full|fills up|last|fill|hit the limit|hit its limit|hit 100%|hit 100|hits 100|reach 100|out of|' +
    'run full|running full|runs full|reach capacity|be exhausted|hit capacity|saturate|max out|overflow|' +
    'blow up|hold out|hold|enough',
  summarize:
    'summarize|summarise|summary of|sum up|recap|summary|overview of|give me a summary of|tl;dr|tldr|' +
    'rundown of|overview|digest|digest of|brief me on|brief me about|walk me through',
  listCue:
    'list|list out|enumerate|ls|lsit|listing of|a list of|list of|list up|all known|inventory of|' +
    'inventory',
  logCue:
    'logs|log|log output|console output|console log|log lines|log file|logging|tail|tail -f|log entries|' +
    'logfile|stdout|stderr|serial console|lines of log|lines of logs|syslog|log messages|error log|' +
    'log tail|tail of|lines',
  top:
    'top|busiest|highest|most|biggest consumers|heaviest|hottest|max|hungriest|most loaded|worst|largest|' +
    'biggest|the most|most of the|top consumers|hogs|noisiest|slowest|greediest|hogging|eating|hog|' +
    'consuming|consumes|consume|burning|eats|uses|use|using up|chewing|taking|most used|peak|chewing up',
  least: 'least|lowest|idlest|quietest|bottom|smallest|fewest',
  last: 'last|latest|recent|most recent|newest|past|previous|past few|last few',
  current:
    'current|now|right now|currently|at the moment|in this moment|in the moment|at this moment|at this very moment|live|today|momentary|present|at present',
  double:
    'double|twice|double the size of|double the size|twice as big|twice as large|twice the size|two times|' +
    'double up|twice as many|times two|doubled|doubling|2 times|twofold|by a factor of two|' +
    'by a factor of 2|double size|double the capacity of|double the capacity|double the number of|' +
    'double the replicas|twice its size|twice the replicas|double its size|double the replicas of|' +
    'twice its current size|twice the current size|twice the amount|twice the capacity',
  triple:
    'triple|three times|triple the size of|times three|tripling|thrice|three times as big|3 times|' +
    'triple the size|three times the size|threefold|triple the capacity of',
  half:
    'half|halve|by half|in half|cut in half|halving|half the size|half of|by 50%|to half|half as many|cut to half|' +
    'to half of|half the number of|half the replicas|by a half',
  more:
    'more than|over|greater than|above|bigger than|larger than|at least|exceeding|no less than|upwards of|' +
    'no smaller than|no fewer than|not smaller than|not fewer than|not below|more|higher than|minimum|>|>=|≥|beyond|in excess of|not less than|exceeds|exceed|that exceed',
  less:
    'no larger than|no bigger than|no greater than|no higher than|not larger than|not exceeding|not over|not above|' +
    'less than|under|fewer than|below|smaller than|at most|no more than|lower than|maximum|<|<=|≤|' +
    'not more than|less',
  older:
    'older than|more than|over|older then|aged over|created more than|created over|from before|beyond|' +
    'that are more than|that are over|older',
  newer:
    'newer than|younger than|created less than|created within|less than|created in the last|from the last|' +
    'created in the past|younger|newer',
  createdBefore:
    'created before|from before|made before|taken before|older than|dated before|that predate|predating|' +
    'born before|launched before|not newer than',
  createdAfter:
    'created after|created since|made after|taken after|newer than|taken since|from after|made since|' +
    'launched since|launched after|born after|dated after',
  createdOn: 'created|taken|made|launched|dated|created on|taken on|from|made on|of',
  named:
    'with the designation|with designation|with the title|with the identifier|nommed|namens|genannt|nombrado|llamado|chamado|chamada|named|called|name|with the name|with name|name it|call it|by the name of|names|labelled|' +
    'whose name is|name of|titled|as name|known as|by name|nme|under the name|under the name of|the name|' +
    'of the name|with the name of|call them|call em|name em|name them|call these|call that|call this|naming it|calling it|and name it|and call it|go by|namd|give it the name|' +
    'goes by|dubbed|name being|name is|name should be|name shall be|the name shall be|the name should be|' +
    'the name is|the name would be|the name will be|the name could be|the name can be|the name to be|name will be|name to be|name can be|name must be|the name must be|with name of|its name shall be|name would be|its name must be|its name will be|its name would be|it shall be called|it shall be named|it must be called|it must be named|it will be called|it will be named|it has to be called|it is to be called|should have the name|shall have the name|it should have the name|it must have the name|it shall have the name|it has to have the name|it should get the name|it must get the name|it shall get the name|must have the name|must be called|shall be called|must be named|shall be named|it should go by|please name it|please call it|they should be called|they should be named|they shall be called|which should be called|which shall be called|that should be called|that is to be called|' +
    'it should be called|it should be named|should be called|should be named|its name should be|' +
    'its name is|to be called|to be named|to call',
  startingWith:
    'starting with|beginning with|whose name starts with|whose name is starting with|whose names are starting with|whose name is beginning with|name is starting with|names are starting with|which name starts with|whose name begin with|whose name start with|that are starting with|which are starting with|that start with|that starts with|named like|' +
    'with prefix|prefixed with|prefixed|whose names start with|with names starting with|that begin with|' +
    'matching|with the prefix|whose name begins with|with name starting with|whose names begin with|like|' +
    'named starting with|name starting with|which start with|called like|with names like|' +
    'with a name starting with|with a name like|starts with|start with|with names beginning with|' +
    'name starts with|with names matching|whose name matches|whose names match|names starting with|' +
    'that match',
  endingWith:
    'ending with|ending in|that end with|that ends with|whose name ends with|whose names end with|' +
    'with suffix|that end in|suffixed with|whose names end in|whose name ends in|with names ending in|' +
    'with names ending with|which end in|which end with',
  containing:
    'containing|whose name contains|with name containing|that contain|with names containing|' +
    'whose names contain|that contains|with in the name|whose name includes|whose names include|contain|' +
    'with a name containing|including the word|having|name contains|which contain|with in its name',
  inName: 'in the name|in their name|in its name|in their names|in name',
  tagged:
    'tagged|tagged with|with tag|with tags|labelled|labeled|labeled with|labelled with|with label|' +
    'with the tag|with the label|with labels|having tag|that have tag|where tag|tagged as|' +
    'carrying the tag|that carry the tag|having the tag|which have tag|with a tag|with the tags|' +
    'that have the tag|that are tagged|that are labeled|bearing the tag|marked|marked with|carrying tag|' +
    'marked as|where|with selector|whose tag|whose|having label',
  instead:
    'instead|just|only|rather|merely|simply|but just|just only|instead just|but only|please just|but|' +
    'but rather|instead of that|instead of deleting|rather than',
  insteadOf: 'instead of|rather than|in place of|and not|in lieu of',
  again: 'again|once more|one more time|back|anew|back again|afresh|back to life',
  if:
    'if|unless|in case|provided|provided that|whenever|as long as|only if|assuming|every time|each time|' +
    'on condition that|if and only if|in the event|should it|should they|when it|when they|if it|if they|' +
    'when cpu|when memory|when the|until it|until the|while',
  undoCue:
    'undo|undo that|undo it|revert that|take that back|undo the last action|undo last|undo my last action|' +
    'undo the last change|undo the last one|revert the last action|take it back|reverse that',
  go: 'go|go ahead|do it|do so|proceed|carry on',
  port:
    'port|ports|tcp port|udp port|traffic on port|traffic on|access on port|port number|inbound|incoming|' +
    'traffic to port|connections on port|access to port|access|connections',
  cidrWord: 'range|cidr|address range|ip range|cidr block|block|src|source|src ip|source ip|source range',
  protocol: 'tcp|udp|icmp',
  revision: 'revision|rev|version|revision number|rollout revision|release',
  previousOne:
    'the previous version|the last version|previous version|previous revision|last revision|' +
    'the previous revision|the last known good|last good version|the previous release|previous release|' +
    'one version|one revision|the version before|the last release|what it was|the old version|' +
    'last release|last working version|last version|one release|how it was|the revision before',
  replicas: 'replicas|replica|repl|repls|copies|replica count|number of replicas|copy|replicas count',
  sizeWord: 'size|capacity|bigger|larger|in size|big|large|new size|smaller|total size',
  typeWord:
    'flavor|flavour|type|sz|instance type|machine type|instance class|class|size class|instance size|' +
    'db class|of type|of size|of flavor|with flavor',
  imageWord: 'image|img|container image|os|operating system|docker image|image tag|tag|version|base image',
  keyWord: 'key|ssh key|keypair|key pair|tag key',
  grep:
    'grep|grepping|grep for|containing|that contain|with the word|matching|mentioning|that mention|' +
    'filtered for|filter|filter for|filtered by|lines with|which contain|lines containing|having|' +
    'search for|with',
  anyone:
    'anywhere|the world|everyone|the internet|everywhere|all|everybody|the whole world|the whole internet|' +
    'any ip|all ips|public|the public|world|internet|any source|outside',
  wherever:
    'no matter which namespace|no matter what namespace|no matter the namespace|no matter where|' +
    'no matter in which namespace|in no matter which namespace|regardless of namespace|' +
    'regardless of the namespace|regardless of where|whatever the namespace|whatever namespace|' +
    'whichever namespace|in whichever namespace|irrespective of namespace|irrespective of the namespace|' +
    'wherever they are|wherever they live|wherever they run|wherever it is|no matter which region|' +
    'no matter what region|no matter the region|regardless of region|regardless of the region|' +
    'whatever the region|whichever region|in whichever region|irrespective of region|no matter which cloud|' +
    'regardless of cloud|no matter the cloud|no matter where they are|no matter where they run|' +
    'namespace does not matter|the namespace does not matter|region does not matter|the region does not matter',
  everyNs: 'everywhere|globally|cluster wide|cluster-wide|across the board',
  forWord: 'for how long|duration',
  hard: 'hard|forcefully|force|forced|by force|--hard|--force|-f|forcibly',
  percent: '%|percent',
  pastAux: 'got|gets|went',
  arrow:
    'should go up to|should go down to|needs to go up to|needs to go down to|needs to go to|has to go up to|' +
    'has to go down to|must go up to|must go down to|can go up to|can go down to|can go to|could go to|' +
    'goes up to|goes down to|should be at|needs to be at|should go back to|' +
    '->|=>|→|goes to|should go to|must go to|shall go to|has to go to|belongs to be on',
  times: 'x|times|×',
};
