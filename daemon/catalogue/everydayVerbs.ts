// What people say in passing for what is done: slang, ways of moving things about, and what speakers of other languages
// make of English. The same rules as in `verbWords.ts`, which puts these behind its own words; phrases between bars.

import type { Verb } from '../../shared/model/kind.ts';

/** "tack a label on", "get rid of the key env": verbs before the noun of a tag. */
export const tagVerbs = 'slap|stick|tack|throw|pin|pop|hang|drop|affix|insert|include|create|make'.split('|');
export const untagVerbs =
  'take out|lose|kill|get rid of|pull|rip off|yank|peel off|erase|wipe|scrub|pull off|cut|take|throw out|ditch|clean'.split(
    '|',
  );
/** Verbs before "a snapshot of". */
export const snapshotVerbs = 'grab|snag|cut|shoot|capture|pull|run|save'.split('|');

/** verb → phrases between bars. */
export const everydayVerbs: Readonly<Partial<Record<Verb, string>>> = {
  create:
    'register a|register a new|buy|whip up|knock up|rustle up|put up|carve out|install|prepare|establish|define|roll out',
  start:
    'drive up|crank up|power back on|power back up|boot back up|start back up|spin back up|' +
    'fire back up|wake back up|switch back on|get up and running|bring up and running|resurrect|' +
    'flip on|flip back on|kick back on|activate|relight|run|set running',
  stop:
    'drive down|put to sleep|send to sleep|pull the plug on|knock down|close down|wind down|' +
    'flip off|turn out|bring to a halt|bring to halt|bring to a stop|put to rest|mothball|quiesce|park|' +
    'take off line|put down',
  reboot:
    'relaunch|recycle|cold boot|warm boot|power reset|turn off and back on|' +
    'switch off and on|give a kick|give a reboot|give a restart|give a bounce',
  resize:
    'crank up|crank down|crank|slim down|pump up|modify|alter|step up|step down|push up|beef up|' +
    'scale down|scale back|cut down|cut|trim|bring|bring up|bring down|drop|dial up|dial down|boost|' +
    'take|pass|go up|go down|re-flavor|reflavor|adjust|slim|fatten',
  scale:
    'crank|crank up|crank down|pump up|pump|bump up|bump down|knock down|go up|go down|step up|' +
    'step down|size up|size down|put|push up|push down|pull back|pull down|move|throttle back|throttle|' +
    'slim down|widen|switch|tone down|double up|fan out|increase up|expand|extend',
  restart: 'relaunch|restart up|re-start|give a kick|give a restart|respawn|reset|roll|bump',
  'rollout-restart':
    'relaunch|re-roll|reroll|roll over|give a kick|give a restart|give a bounce|reset|' +
    'restart by rolling|respawn|re-start|re-deploy',
  rollback:
    'come back|come back to|return|return to|restore|step back|fall back|fall back to|switch back|' +
    'switch back to|move back|bring back|revert back|revert back to|rewind|go backwards|rollback back|' +
    'roll back the last deploy of|back out the last deploy of|back out of|undo the deploy of|' +
    'undo the deployment of|undo the release of|go backward|downgrade|backout|retreat|reset',
  attach:
    'hitch|couple|bolt|bolt on|clip|stick|slap|pop|present|fasten|wire|wire up|tack|mount up|' +
    'insert|map|expose|hand|bind|set',
  detach:
    'yank|yank off|yank out|rip|rip off|pluck|pull out|dismount|demount|unlink|disassociate|uncouple|' +
    'unhitch|unmap|separate|split off|loosen|drop|release|withdraw|unbind|cut off|break off|untie',
  tag: 'tack|pin|stamp|flag|slap on|affix',
  untag:
    'lose|pull|pull off|rip off|yank|yank off|peel off|erase|wipe|scrub|cut|kill|ditch|' +
    'throw out|take away|clean',
  cordon:
    'block|close|freeze|lock|seal off|seal|take out of the pool|pull out of rotation|' +
    'pull out of the rotation|pull from rotation|pull out of scheduling|pull out of service|' +
    'remove from rotation|take off rotation|drop out of rotation|put out of rotation|' +
    'put out of service|hold back|no-schedule',
  uncordon:
    'put in the cluster|put back in the cluster|put back into the cluster|put into the cluster|let back in the cluster|un-quarantine|unblock|unfreeze|unfence|de-cordon|decordon|put into rotation|put in rotation|' +
    'put into service|put in service|get back in rotation|get back into rotation|take off maintenance|' +
    'pull out of maintenance|bring out of maintenance|return to rotation|return to the pool|' +
    'put back in the pool|put back into the pool|give back to the scheduler|give back to scheduling|' +
    'open|open up|open again|enable|let back in|add back to rotation',
  drain:
    'offload|unload|clear off|clean out|clear out|empty out|drain out|depopulate|move all the pods off|' +
    'move everything off of|get everything off|kick everything off|kick all pods off|get all pods off|' +
    'get the pods off|move the pods off|shift everything off|shift all pods off|push everything off|' +
    'push all pods off|take everything off|take all pods off|take the pods off|throw everything off|' +
    'throw all pods off|move workload off|move the workload off|move the workloads off|' +
    'shift the workload off|evict everything from|evict everything on|evict all from|evict all pods on|' +
    'evict the pods from|move away everything from|move everything away from|move all pods away from|' +
    'move the pods away from|flush|evict',
  snapshot: 'checkpoint|capture|save the state of|save a copy of|take a copy of|make a copy of',
  'assign-ip':
    'slap|pop|park|pin|tie|link|connect|set|wire up|allot|grant|throw|drop|provide|pass|hang|' +
    'mount|swing',
  'unassign-ip':
    'yank|yank off|yank away|rip|rip off|peel off|unmap|unlink|unhook|disconnect|free up|clear|' +
    'withdraw|unplug|cut off|pull away|de-associate|deassociate|deassign|de-assign|unpin|recall',
  'open-port':
    'let in|let through|allow through|enable|free|accept|unlock|free up|add|permit through|grant|' +
    'add a rule for|whitelist for|make reachable|unshut|reopen|re-open|open again',
  'close-port':
    'seal|lock|plug|close off|close up|close down|shut off|shut down|disable|drop|stop|ban|cut|' +
    'cut off|block off|restrict|lock down|take away|kill|delete|disable access on|unexpose|unopen|' +
    'take down|take off',
  'set-image':
    'ship|release|pin|roll|install|bring|point|retag|modify|alter|' +
    'roll forward|swap image|bump image|promote|switch over',
  suspend:
    'park|shelve|put on ice|put on pause|put to sleep|switch off|turn off|take a break on|stand down|' +
    'mute|stop running|interrupt',
  resume:
    'switch on|switch back on|turn on|turn back on|set going|get going|wake up|fire up|' +
    'bring back|flip on|flip back on|start up|bring back to life|unpark|' +
    'release|revive|continue with',
  run:
    'shoot|spawn|invoke|set off|let run|start once|manually run|rerun|re-run|do a run of|' +
    'do one run of|trigger a run of|start a run of|kick off a run of|do a manual run of|force a run of|' +
    'trigger manually|start manually|run manually|launch a run of|give a run|spin up|kick|' +
    'fire up',
  migrate:
    'hop|move over|carry|bring over|drag|slide|switch|rehost|re-host|pull over|live move|transport|' +
    'swing|pull|send over|shift over|live-migrate over|vmotion over|hand over|push over|switch over|' +
    'displace|pass',
  ack:
    'accept|pick up|take note of|mark as acknowledged|mark acknowledged|mark as acked|' +
    'mark acked|mark as read|mark as known|mark as noted|set to acknowledged|set acknowledged|' +
    'set as acknowledged|give an ack to|take|put as acknowledged|take over|confirm receipt of|' +
    'mark as taken|mark as handled|mark as in progress|take in charge|take charge of|take care of|recognize|' +
    'recognise',
  silence:
    'shut|quieten|quiet down|keep quiet|make quiet|put on mute|put on snooze|mute out|stop|pause|' +
    'turn off|switch off|calm down|disable|gag|set to silent|set silent|set on silent|make silent|' +
    'put on silent|put to silence|hold back|unsubscribe|cut the noise of|cut the noise from|' +
    'stop the noise of|stop the noise from|kill the noise from|kill the noise of',
  delete:
    'whack|exterminate|eradicate|demolish|expunge|blast|nix|junk|ax|rip out|wipe out|wipe away|bin off|' +
    'delete off|delete away|finish off|dismantle|sweep away|kick out|clean away|clear off|' +
    'dump out|chuck|wash away|unprovision|de-provision|put out of its misery|make disappear|' +
    'make go away|send to the bin',
  enable:
    'arm|enforce|flip on|flip back on|start enforcing|put into effect|put into force|set active|' +
    'make active|kick in|engage|reinstate|re-activate|make effective|put back in force|' +
    'put back into force|set to active|set to enabled|set enabled|set on|unpause|light up',
  disable:
    'disarm|flip off|stop enforcing|put out of force|set inactive|make inactive|lift|relax|' +
    'take out of force|put on hold|de-activate|set to disabled|set disabled|set off|kill|pause|' +
    'unenforce|mute',
  approve:
    'let through|wave through|bless|give green light to|give the green light to|give the go ahead to|' +
    'give the go-ahead to|give go ahead to|give the go-ahead for|give the go ahead for|give go-ahead for|' +
    'give the go for|give the green light for|give a go-ahead to|give a go-ahead for|give the thumbs up to|' +
    'give the thumbs up for|give a thumbs up to|allow|pass|authorize|authorise|ratify|validate|endorse|' +
    'say yes to|grant|mark as approved|set to approved|set approved|accord|agree to|' +
    'give a yes to|give ok to|give the ok to|give an ok to|rubber stamp|permit|let go through|' +
    'nod through|give approval to|give your approval to|give approval for|give my approval to',
  cancel:
    'kill|pull|scrap|nix|bin|refuse|turn down|say no to|veto|call back|void|revoke|take back|annul|' +
    'disapprove|dismiss|throw out|mark as cancelled|set to cancelled|set cancelled|recall|retract|' +
    'kick back|send back|knock back|block|rescind|axe|set to rejected|mark as rejected',
  undo: 'unroll|rollback|back out|turn back|un-do|put back|back out of|go back on|make undone',
};

/** What makes a volume larger. */
export const volumeGrowing = (
  'crank up|crank|push up|boost|tack|tack on|pad|throw|slap|stick|go up|step up|fatten|lengthen|' +
  'bring|bring up|allot|allocate|drop|move|assign|pour|modify|alter|adjust|increment|add up|take up|' +
  'grant'
).split('|');

/** The everyday phrases of a verb. */
export const everydayOf = (verb: Verb): readonly string[] => everydayVerbs[verb]?.split('|') ?? [];
