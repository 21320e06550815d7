package dev.parley.bootstrap;

import dev.parley.application.port.ChunkIndex;
import dev.parley.application.port.DocumentParser;
import dev.parley.application.port.Downloads;
import dev.parley.application.port.Files;
import dev.parley.application.port.Ids;
import dev.parley.application.port.Retrieval;
import dev.parley.application.port.StoreFiles;
import dev.parley.application.port.Tokens;
import dev.parley.application.port.VectorStores;
import dev.parley.application.retrieval.AttachFiles;
import dev.parley.application.retrieval.CreateVectorStore;
import dev.parley.application.retrieval.DocumentChunks;
import dev.parley.application.retrieval.EditVectorStore;
import dev.parley.application.retrieval.Embedders;
import dev.parley.application.retrieval.EmbeddingModels;
import dev.parley.application.retrieval.FileSearch;
import dev.parley.application.retrieval.IngestFiles;
import dev.parley.application.retrieval.InsertChunks;
import dev.parley.application.retrieval.InsertDocuments;
import dev.parley.application.retrieval.KnowledgeTools;
import dev.parley.application.retrieval.QueryDocuments;
import dev.parley.application.retrieval.ReadFileIntoStore;
import dev.parley.application.retrieval.ReadFiles;
import dev.parley.application.retrieval.ReadStoreFiles;
import dev.parley.application.retrieval.ReadVectorStores;
import dev.parley.application.retrieval.RetrievalSettings;
import dev.parley.application.retrieval.SearchStore;
import dev.parley.application.retrieval.StoreRetrieval;
import dev.parley.application.retrieval.SweepExpired;
import dev.parley.application.retrieval.UploadFile;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Puts the use-cases of retrieval together. What reads, cuts and fetches documents is large, and is loaded when the first of them
 * comes.
 */
@Factory
final class RetrievalWiring {

    @Singleton
    RetrievalSettings retrievalSettings(
            FilesConfiguration configuration, @Value("${parley.retrieval.documents.timeout:60s}") Duration timeout) {
        return configuration.settings(timeout);
    }

    /** Without any, whoever wants to keep or find documents is told so. */
    @Singleton
    EmbeddingModels embeddingModels(Embedders embedders) {
        return new EmbeddingModels(embedders.all());
    }

    @Singleton
    DocumentChunks documentChunks(BeanProvider<Tokens> tokens, EmbeddingModels models) {
        return new DocumentChunks(text -> tokens.get().ends(text), models);
    }

    @Singleton
    UploadFile uploadFile(Files files, RetrievalSettings settings, Ids ids, InstantSource clock) {
        return new UploadFile(files, settings, ids, clock);
    }

    @Singleton
    ReadFiles readFiles(Files files, InstantSource clock) {
        return new ReadFiles(files, clock);
    }

    @Singleton
    SweepExpired sweepExpired(Files files, VectorStores stores, InstantSource clock) {
        return new SweepExpired(files, stores, clock);
    }

    @Singleton
    CreateVectorStore createVectorStore(
            VectorStores stores, EmbeddingModels models, AttachFiles attaching, Ids ids, InstantSource clock) {
        return new CreateVectorStore(stores, models, attaching, ids, clock);
    }

    @Singleton
    ReadVectorStores readVectorStores(VectorStores stores) {
        return new ReadVectorStores(stores);
    }

    @Singleton
    EditVectorStore editVectorStore(VectorStores stores) {
        return new EditVectorStore(stores);
    }

    @Singleton
    ReadFileIntoStore readFileIntoStore(
            Files uploaded,
            VectorStores stores,
            StoreFiles files,
            ChunkIndex index,
            BeanProvider<DocumentParser> parser,
            DocumentChunks chunks) {
        return new ReadFileIntoStore(
                new ReadFileIntoStore.Keeping(uploaded, stores, files, index),
                raw -> parser.get().text(raw),
                chunks);
    }

    @Singleton
    IngestFiles ingestFiles(
            StoreFiles files, ReadFileIntoStore reading, RetrievalSettings settings, InstantSource clock) {
        return new IngestFiles(files, reading, settings, clock);
    }

    @Singleton
    AttachFiles attachFiles(
            VectorStores stores,
            ReadFiles uploaded,
            StoreFiles files,
            IngestFiles ingestion,
            Ids ids,
            InstantSource clock) {
        return new AttachFiles(stores, uploaded, files, ingestion, new AttachFiles.Naming(ids, clock));
    }

    @Singleton
    ReadStoreFiles readStoreFiles(ReadVectorStores stores, StoreFiles files, ChunkIndex index) {
        return new ReadStoreFiles(stores, files, index);
    }

    @Singleton
    InsertDocuments insertDocuments(
            VectorStores stores,
            ChunkIndex index,
            BeanProvider<Downloads> downloads,
            BeanProvider<DocumentParser> parser,
            DocumentChunks chunks,
            InstantSource clock) {
        InsertDocuments.Sources sources = new InsertDocuments.Sources(
                (url, cancellation) -> downloads.get().fetch(url, cancellation),
                raw -> parser.get().text(raw));
        return new InsertDocuments(stores, index, sources, chunks, clock);
    }

    @Singleton
    InsertChunks insertChunks(VectorStores stores, ChunkIndex index, DocumentChunks chunks, InstantSource clock) {
        return new InsertChunks(stores, index, chunks, clock);
    }

    @Singleton
    SearchStore searchStore(VectorStores stores, ChunkIndex index, EmbeddingModels models, InstantSource clock) {
        return new SearchStore(stores, index, models, clock);
    }

    @Singleton
    QueryDocuments queryDocuments(SearchStore search) {
        return new QueryDocuments(search);
    }

    @Singleton
    KnowledgeTools knowledgeTools(InsertDocuments inserting, QueryDocuments querying) {
        return new KnowledgeTools(inserting, querying);
    }

    @Singleton
    FileSearch fileSearch(SearchStore search, ReadVectorStores stores, EmbeddingModels models) {
        return new FileSearch(search, stores, models);
    }

    @Singleton
    Retrieval retrieval(BeanProvider<QueryDocuments> querying) {
        return new StoreRetrieval(querying::get);
    }
}
