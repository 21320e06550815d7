package dev.parley.bootstrap.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bootstrap.StandIns;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Turns with a step of every kind: the shields, the vector store and its embedding model are the product's own, and so is
 * {@code knowledge_search}; another tool of the server is a stand-in, and one is the client's. While the client is waited for,
 * the server is stopped and another one takes its place.
 */
class WholeTurnsTest {

    private static final String AGENT = """
        "instructions":"Use the tools.",
        "input_shields":["manners"],"output_shields":["manners"],
        "toolgroups":["lab",{"name":"builtin::rag","args":{"vector_db_ids":["orchard"],"insert_context":true}}],
        "client_tools":[{"name":"get_pressure","description":"Blood pressure","parameters":[
          {"name":"arm","parameter_type":"string","description":"left or right","required":true}]}]\
        """;
    private static final Stage STAGE = new Stage(Map.of(
            StandIns.OWN_SHIELDS,
            "true",
            "parley.shields.manners.provider",
            "deny-list",
            "parley.shields.manners.words",
            "rascal",
            "parley.shields.manners.message",
            "Let us stay polite."));

    @BeforeAll
    static void insertDocuments() {
        accept("/v1/vector-dbs", """
            {"vector_db_id":"orchard","embedding_model":"bge-small-en-v1.5"}\
            """);
        accept("/v1/tool-runtime/rag-tool/insert", """
            {"vector_db_id":"orchard","chunk_size_in_tokens":64,"documents":[
              {"document_id":"apples","content":"An apple a day lowers the blood pressure by one.","mime_type":"text/plain"}]}\
            """);
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @Test
    void allKindsOfSteps() {
        Scenario.of(STAGE, "whole-turn")
                .agent(AGENT)
                .model(
                        Replies.calls(
                                "call_a",
                                "knowledge_search",
                                "{\"query\":\"apples and blood pressure\"}",
                                "call_b",
                                "weigh",
                                "{\"what\":\"apple\"}"),
                        Replies.call("call_c", "get_pressure", "{\"arm\":\"left\"}"),
                        Replies.text("You are well. ", "Eat apples."),
                        Replies.text("As I said."))
                .says("Do apples help my blood pressure?")
                .restart()
                .resume("""
                    {"tool_responses":[{"call_id":"call_c","tool_name":"get_pressure","content":"118/79"}]}\
                    """)
                .says("Sure?")
                .play();
    }

    /** What the client's tool has brought is judged, too, on whichever server the turn goes on. */
    @Test
    void whatTheClientBringsIsRefused() {
        Scenario.of(STAGE, "whole-turn-refused")
                .agent(AGENT)
                .model(Replies.call("call_c", "get_pressure", "{\"arm\":\"left\"}"))
                .says("Do apples help?")
                .restart()
                .resume("""
                    {"tool_responses":[{"call_id":"call_c","tool_name":"get_pressure","content":"None, you rascal"}]}\
                    """)
                .play();
    }

    private static void accept(String path, String body) {
        Answer answer = STAGE.http().post(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
