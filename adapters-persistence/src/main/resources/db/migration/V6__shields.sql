-- Shields that are registered while the server runs; those of the configuration are in no table.

create table shield (
    owner          text  not null,
    id             text  not null,
    schema_version int   not null,
    body           jsonb not null,
    primary key (owner, id)
);
