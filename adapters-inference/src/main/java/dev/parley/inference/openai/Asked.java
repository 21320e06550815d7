package dev.parley.inference.openai;

import java.util.Map;

/** What a provider was asked, as far as its refusal has to be understood. */
interface Asked {

    String model();

    /** What it is to serve, in a word for the client. */
    String service();

    /**
     * The fields in it that a request can do without, should the provider not know one, each with the words by which its
     * omission is remembered.
     */
    Map<String, String> optionalFields();
}
