-- Where the part of a line begins that still counts, and how often the runs of a background turn broke.
--
-- Once a summary stands for all that came before it, no model is shown that any more. Turns and items that have such a summary
-- are marked, so that the line before a turn is read back to the nearest mark and no further. What is not marked is only read
-- for nothing: replicas of version 2, which mark nothing, may go on meanwhile.

-- Found before the tables are changed, so that replicas of version 2 need not wait while all that is stored is looked through.
create temporary table turn_with_summary on commit drop as
    select owner, turn_id as id from turn_step
    where body @? '$ ? (@.type == "compaction" && @.summary != "")'
    union
    select owner, id from turn
    where body @? '$.items[*] ? (@.item == "compacted" && @.summary != "")';
create temporary table item_with_summary on commit drop as
    select owner, conversation_id, position from conversation_item
    where body @? '$ ? (@.item == "compacted" && @.summary != "")';

-- broken_runs counts for all replicas, and over their ends, so that what is broken for good is not tried for ever.
alter table turn
    add column compacts    boolean not null default false,
    add column broken_runs integer not null default 0;
update turn t set compacts = true from turn_with_summary s where s.owner = t.owner and s.id = t.id;
create index turn_compacting on turn (owner, thread_id, position) where compacts;

alter table conversation_item add column compacts boolean not null default false;
update conversation_item i set compacts = true from item_with_summary s
    where s.owner = i.owner and s.conversation_id = i.conversation_id and s.position = i.position;
create index conversation_item_compacting on conversation_item (owner, conversation_id, position) where compacts;
