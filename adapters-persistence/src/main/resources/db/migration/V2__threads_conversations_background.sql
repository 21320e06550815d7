-- Lines of turns beside sessions: responses that follow one another and may fork, and conversations; and turns that run in
-- the background, with a log of what their readers are told.
--
-- Each turn has a place in a thread. A session is a thread, a conversation is one, and so is a row of responses without a
-- fork. A response after any other turn than the last of its row opens a thread that knows after which place of which thread
-- it begins; so the line of turns before one is read thread by thread, however many turns there are, and a turn writes
-- nothing of what came before it. A place is never given out twice while a thread begins behind it.
--
-- What is marked "version 1" serves replicas of the version before while they still run, and may go once none does.

create table thread (
    owner           text not null,
    id              text not null,
    session_id      text,
    conversation_id text,
    parent_thread   text,
    parent_position bigint,
    primary key (owner, id),
    foreign key (owner, session_id) references session on delete cascade
);
create index thread_of_session on thread (owner, session_id) where session_id is not null;
create index thread_by_parent on thread (owner, parent_thread, parent_position) where parent_thread is not null;

insert into thread (owner, id, session_id) select owner, id, id from session;

-- A spec is kept once for the turns of a thread.
alter table turn_spec rename to thread_spec;
alter table thread_spec rename column session_id to thread_id;
alter table thread_spec drop constraint turn_spec_owner_session_id_fkey;
alter table thread_spec add foreign key (owner, thread_id) references thread on delete cascade;
-- version 1
create view turn_spec as select owner, thread_id as session_id, id, schema_version, body from thread_spec;

-- At most one of session_id, conversation_id and previous_id is there; a response that follows none has none of them. The
-- turns of a conversation outlive it, as those after a turn outlive that one.
alter table turn
    alter column session_id drop not null,
    add column thread_id       text,
    add column conversation_id text,
    add column previous_id     text,
    add column background      boolean not null default false,
    drop constraint turn_owner_session_id_fkey;
update turn set thread_id = session_id;
alter table turn
    alter column thread_id set not null,
    add foreign key (owner, thread_id) references thread on delete cascade;

drop index turn_in_order;
create unique index turn_in_order on turn (owner, thread_id, position);
-- version 1
create index turn_of_session on turn (owner, session_id, position) where session_id is not null;

-- One turn of a thread runs or waits to run at a time: those after it can only begin when it has come to rest.
drop index turn_running_alone;
create unique index turn_running_alone on turn (owner, thread_id) where state in ('queued', 'running');
-- Names of requests are unique in a session, and among all turns outside of sessions.
drop index turn_by_request;
create unique index turn_by_request on turn (owner, session_id, request_key)
    where request_key is not null and session_id is not null;
create unique index turn_by_request_alone on turn (owner, request_key)
    where request_key is not null and session_id is null;

-- Of the turns that run in the background, those that are not at rest are few.
create index turn_in_background on turn (started_at) where background and state in ('queued', 'running');

-- version 1
create function turn_of_version_1() returns trigger language plpgsql as $$
begin
    insert into thread (owner, id, session_id)
        select owner, id, id from session where owner = new.owner and id = new.session_id
        on conflict do nothing;
    new.thread_id := new.session_id;
    return new;
end $$;
create trigger turn_of_version_1 before insert on turn
    for each row when (new.thread_id is null) execute function turn_of_version_1();

-- Items of a turn are found by their ids, which tell the turn; but clients bring ids of their own.
create table turn_item (
    owner   text not null,
    turn_id text not null,
    item_id text not null,
    primary key (owner, turn_id, item_id),
    foreign key (owner, turn_id) references turn on delete cascade
);
create index turn_item_by_id on turn_item (owner, item_id);

-- last_position counts the items that were ever added.
create table conversation (
    owner         text        not null,
    id            text        not null,
    created_at    timestamptz not null,
    metadata      jsonb       not null,
    last_position bigint      not null,
    primary key (owner, id)
);

-- turn_id is the turn that added the item, if one did; the item stays when that turn goes.
create table conversation_item (
    owner           text    not null,
    conversation_id text    not null,
    position        bigint  not null,
    item_id         text    not null,
    turn_id         text,
    schema_version  integer not null,
    body            jsonb   not null,
    primary key (owner, conversation_id, position),
    foreign key (owner, conversation_id) references conversation on delete cascade
);
create index conversation_item_by_id on conversation_item (owner, item_id, conversation_id, position);
create index conversation_item_by_turn on conversation_item (owner, turn_id, position) where turn_id is not null;

-- A row is a batch of events, those from first_place to last_place.
create table turn_event (
    owner          text    not null,
    turn_id        text    not null,
    first_place    bigint  not null,
    last_place     bigint  not null,
    schema_version integer not null,
    body           jsonb   not null,
    primary key (owner, turn_id, first_place),
    foreign key (owner, turn_id) references turn on delete cascade
);

-- Runs that are to happen or happen; the columns are those that db-scheduler wants.
create table background_run (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index background_run_by_time on background_run (execution_time);
create index background_run_by_heartbeat on background_run (last_heartbeat);
