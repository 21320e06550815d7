package dev.parley.application.port;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What the configured providers are and offer. */
public interface Models {

    /**
     * The configured aliases first, then what the providers say that they have, each id once. Blocks while a provider is
     * asked, which happens now and then; one that does not answer contributes what it last said.
     */
    List<Model> list();

    /** The configured providers, in the order of their names. Blocks while their health is asked. */
    List<Provider> providers();

    /**
     * @param id what a client writes to get it
     * @param provider the name of the provider that serves it
     * @param providerModel what the provider calls it
     */
    record Model(String id, String provider, String providerModel) {
        public Model {
            requireNonNull(id, "id");
            requireNonNull(provider, "provider");
            requireNonNull(providerModel, "providerModel");
        }
    }

    /**
     * @param type the configured kind of provider
     * @param endpoint where it is, without credentials; empty when it is in this process
     * @param problem what is wrong with it; empty when it is well
     */
    record Provider(String name, String type, String endpoint, String problem) {
        public Provider {
            requireNonNull(name, "name");
            requireNonNull(type, "type");
            requireNonNull(endpoint, "endpoint");
            requireNonNull(problem, "problem");
        }

        public boolean healthy() {
            return problem.isEmpty();
        }
    }
}
