package dev.parley.rest.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.rest.json.RawJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens and how likely they were, whole for every reader (responses-api 5.6). */
final class LogprobsJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | [] | []",
                "null | [] | []",
                "[{'token':'hi','logprob':-0.50}] |"
                        + " [{'token':'hi','logprob':-0.50,'bytes':[104,105],'top_logprobs':[]}] |"
                        + " [{'token':'hi','logprob':-0.50,'top_logprobs':[]}]",
                "[{'token':'€','logprob':0,'bytes':null}] |"
                        + " [{'token':'€','logprob':0,'bytes':[226,130,172],'top_logprobs':[]}] |"
                        + " [{'token':'€','logprob':0,'top_logprobs':[]}]",
                "[{'token':'','logprob':0,'bytes':[]}] | [{'token':'','logprob':0,'bytes':[],'top_logprobs':[]}] |"
                        + " [{'token':'','logprob':0,'top_logprobs':[]}]",
                "[{'token':'\\ufffd','logprob':0,'bytes':[226]}] |"
                        + " [{'token':'\uFFFD','logprob':0,'bytes':[226],'top_logprobs':[]}] |"
                        + " [{'token':'\uFFFD','logprob':0,'top_logprobs':[]}]",
                "[{'logprob':-1,'token':'a','own':1,'top_logprobs':[{'token':'b','logprob':-2},{'token':'c','logprob':-3,'bytes':[7]}]}]"
                    + " | [{'token':'a','logprob':-1,'bytes':[97],'top_logprobs':[{'token':'b','logprob':-2,'bytes':[98]},{'token':'c','logprob':-3,'bytes':[7]}]}]"
                    + " | [{'token':'a','logprob':-1,'top_logprobs':[{'token':'b','logprob':-2},{'token':'c','logprob':-3}]}]",
            })
    void tokensHaveTheirBytesInMessagesAndNoneInEvents(String scores, String part, String event) {
        RawJson given = new RawJson(scores.replace('\'', '"'));

        assertThat(LogprobsJson.ofPart(given).text()).isEqualTo(part.replace('\'', '"'));
        assertThat(LogprobsJson.ofEvent(given).text()).isEqualTo(event.replace('\'', '"'));
    }
}
