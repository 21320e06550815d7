-- Uploaded files, vector stores, the documents in them and their chunks.
--
-- Vectors are arrays of real numbers, which any PostgreSQL can keep: without the extension pgvector they are compared in the
-- process, with it the same column is indexed as it is. So nothing has to be copied when the extension comes or goes, and this
-- migration does not need it.
--
-- The numbers of one sequence serve as revisions and as fences: none comes twice, so that a document that was deleted and is
-- there again is never taken for the old one.

create sequence library_revision;

create table uploaded_file (
    owner      text        not null,
    id         text        not null,
    filename   text        not null,
    purpose    text        not null,
    bytes      bigint      not null,
    media_type text,
    created_at timestamptz not null,
    expires_at timestamptz,
    primary key (owner, id)
);
create index uploaded_file_expiring on uploaded_file (expires_at) where expires_at is not null;
create index uploaded_file_by_age on uploaded_file (owner, created_at, id);

-- The content in pieces, so that neither side has to hold all of it several times over.
create table uploaded_piece (
    owner    text    not null,
    file_id  text    not null,
    position integer not null,
    content  bytea   not null,
    primary key (owner, file_id, position),
    foreign key (owner, file_id) references uploaded_file on delete cascade
);

-- revision moves with everything that a search can find or not find; whoever moves it has the row, so that what is in a store
-- is changed by one at a time. language is that of its keyword search.
create table vector_store (
    owner           text        not null,
    id              text        not null,
    name            text        not null,
    embedding_model text        not null,
    dimension       integer     not null,
    chunk_tokens    integer     not null,
    overlap_tokens  integer     not null,
    language        text        not null,
    metadata        jsonb       not null,
    created_at      timestamptz not null,
    last_active_at  timestamptz not null,
    expires_days    integer,
    revision        bigint      not null default nextval('library_revision'),
    primary key (owner, id)
);
create index vector_store_by_age on vector_store (owner, created_at, id);
-- for whoever looks for what has expired
create index vector_store_expiring on vector_store (owner, id) where expires_days is not null;

create table store_batch (
    owner      text        not null,
    store_id   text        not null,
    id         text        not null,
    created_at timestamptz not null,
    cancelled  boolean     not null default false,
    primary key (owner, store_id, id),
    foreign key (owner, store_id) references vector_store on delete cascade
);

-- A document of a store. file_id is the uploaded file that it is, if it is one; there is no foreign key, because a file that is
-- gone before it was read is told of. revision moves with its chunks. A file in progress is read by whoever has its newest
-- fence, until the lease is over.
create table store_file (
    owner          text        not null,
    store_id       text        not null,
    id             text        not null,
    file_id        text,
    filename       text        not null,
    status         text        not null,
    error_code     text,
    error_message  text,
    attributes     jsonb       not null,
    usage_bytes    bigint      not null default 0,
    chunk_count    integer     not null default 0,
    chunk_tokens   integer     not null,
    overlap_tokens integer     not null,
    created_at     timestamptz not null,
    batch_id       text,
    revision       bigint      not null default nextval('library_revision'),
    attempt        integer     not null default 0,
    fence          bigint      not null default nextval('library_revision'),
    lease_until    timestamptz,
    primary key (owner, store_id, id),
    foreign key (owner, store_id) references vector_store on delete cascade
);
create index store_file_by_age on store_file (owner, store_id, created_at, id);
create index store_file_by_batch on store_file (owner, store_id, batch_id) where batch_id is not null;
create index store_file_by_upload on store_file (owner, file_id) where file_id is not null;
-- Files that are to be read are few.
create index store_file_to_read on store_file (created_at, id) where status = 'in_progress';

create table store_chunk (
    owner       text     not null,
    store_id    text     not null,
    document_id text     not null,
    position    integer  not null,
    content     text     not null,
    tokens      integer  not null,
    metadata    text     not null,
    dimension   integer  not null,
    embedding   real[]   not null,
    words       tsvector not null,
    primary key (owner, store_id, document_id, position),
    foreign key (owner, store_id, document_id) references store_file on delete cascade
);
-- Random numbers do not get smaller by compressing them.
alter table store_chunk alter column embedding set storage external;
create index store_chunk_by_words on store_chunk using gin (words);
