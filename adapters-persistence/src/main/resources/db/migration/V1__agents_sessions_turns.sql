-- Agents, their sessions, the sessions' turns and the turns' steps.
--
-- Columns exist for what SQL filters, orders, joins or locks on; everything else is in the JSON bodies, whose shape the
-- schema version beside each names. States are text, so that a new one needs no migration. Every row has its owner, and the
-- owner is part of every key, so that no query can reach another owner's rows by an id alone.

create table agent (
    owner          text        not null,
    id             text        not null,
    created_at     timestamptz not null,
    schema_version integer     not null,
    body           jsonb       not null,
    primary key (owner, id)
);
create index agent_by_age on agent (owner, created_at, id);

create table session (
    owner      text        not null,
    id         text        not null,
    agent_id   text        not null,
    name       text        not null,
    started_at timestamptz not null,
    primary key (owner, id),
    foreign key (owner, agent_id) references agent on delete cascade
);
create index session_by_age on session (owner, agent_id, started_at, id);

-- What a turn needs to know of its agent, which is long and mostly the same for all turns of a session: each different one
-- is kept once, under a hash of its text.
create table turn_spec (
    owner          text    not null,
    session_id     text    not null,
    id             text    not null,
    schema_version integer not null,
    body           jsonb   not null,
    primary key (owner, session_id, id),
    foreign key (owner, session_id) references session on delete cascade
);

-- body is written once, when the turn begins; state and outcome move with each observation. spec_id refers to turn_spec
-- without a foreign key, which would cost each turn a lock on a row that only ever goes with its session.
create table turn (
    owner               text        not null,
    id                  text        not null,
    session_id          text        not null,
    position            bigint      not null,
    state               text        not null,
    revision            bigint      not null,
    replica             text,
    started_at          timestamptz not null,
    rested_at           timestamptz,
    request_key         text,
    request_fingerprint text,
    spec_id             text        not null,
    schema_version      integer     not null,
    body                jsonb       not null,
    outcome_version     integer     not null,
    outcome             jsonb       not null,
    primary key (owner, id),
    foreign key (owner, session_id) references session on delete cascade
);
create unique index turn_in_order on turn (owner, session_id, position);
-- One turn of a session runs at a time, whichever replica runs it.
create unique index turn_running_alone on turn (owner, session_id) where state = 'running';
create unique index turn_by_request on turn (owner, session_id, request_key) where request_key is not null;
-- Recovery looks at running turns only, and there are few of them.
create index turn_running on turn (replica) where state = 'running';

create table turn_step (
    owner          text    not null,
    turn_id        text    not null,
    position       integer not null,
    schema_version integer not null,
    body           jsonb   not null,
    primary key (owner, turn_id, position),
    foreign key (owner, turn_id) references turn on delete cascade
);

-- The processes that run turns. One whose heartbeat is old, by this database's clock, is dead; one that was silent itself
-- until a moment ago, as after an outage of this database, can't tell who else is.
create table replica (
    id           text        primary key,
    heartbeat_at timestamptz not null,
    steady_since timestamptz not null
);
