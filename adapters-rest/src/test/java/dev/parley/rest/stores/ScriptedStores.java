package dev.parley.rest.stores;

import dev.parley.application.retrieval.AttachFiles;
import dev.parley.application.retrieval.CreateVectorStore;
import dev.parley.application.retrieval.EditVectorStore;
import dev.parley.application.retrieval.InsertChunks;
import dev.parley.application.retrieval.InsertDocuments;
import dev.parley.application.retrieval.QueryDocuments;
import dev.parley.application.retrieval.ReadFiles;
import dev.parley.application.retrieval.ReadStoreFiles;
import dev.parley.application.retrieval.ReadVectorStores;
import dev.parley.application.retrieval.SearchStore;
import dev.parley.application.retrieval.UploadFile;
import dev.parley.application.testing.ReadingRoom;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Gives the controllers of files and vector stores use-cases over stand-ins. */
@Factory
@Requires(property = ScriptedStores.WANTED, value = "true")
final class ScriptedStores {

    static final String WANTED = "test.scripted-stores";

    @Singleton
    ReadingRoom room() {
        return ReadingRoom.inMemory();
    }

    @Singleton
    @Replaces(InstantSource.class)
    InstantSource clock(ReadingRoom room) {
        return room.clock();
    }

    @Singleton
    UploadFile uploadFile(ReadingRoom room) {
        return room.upload();
    }

    @Singleton
    ReadFiles readFiles(ReadingRoom room) {
        return room.files();
    }

    @Singleton
    AttachFiles attachFiles(ReadingRoom room) {
        return room.attach();
    }

    @Singleton
    ReadStoreFiles readStoreFiles(ReadingRoom room) {
        return room.storeFiles();
    }

    @Singleton
    CreateVectorStore createVectorStore(ReadingRoom room) {
        return room.create();
    }

    @Singleton
    ReadVectorStores readVectorStores(ReadingRoom room) {
        return room.stores();
    }

    @Singleton
    EditVectorStore editVectorStore(ReadingRoom room) {
        return room.edit();
    }

    @Singleton
    SearchStore searchStore(ReadingRoom room) {
        return room.search();
    }

    @Singleton
    InsertDocuments insertDocuments(ReadingRoom room) {
        return room.insert();
    }

    @Singleton
    InsertChunks insertChunks(ReadingRoom room) {
        return room.insertChunks();
    }

    @Singleton
    QueryDocuments queryDocuments(ReadingRoom room) {
        return room.query();
    }
}
