-- Groups of tools that clients register. The body has the group and the tools that it had then: they stand for those that it
-- has now while its server can't be asked, and tell which group a tool belongs to without asking every server there is.
--
-- Ids are compared by their bytes, so that lists have one order whatever the locale of the database.

create table tool_group (
    owner          text not null,
    id             text collate "C" not null,
    schema_version int not null,
    body           jsonb not null,
    primary key (owner, id)
);
