package dev.parley.bootstrap;

import io.micronaut.runtime.Micronaut;

/** Starts the server and stays until the process is asked to end. */
public final class Parley {
    private Parley() {}

    /**
     * Boots the server and returns once it listens.
     *
     * @param args configuration keys as {@code --key=value}, which win over the environment and the configuration files
     */
    public static void main(String[] args) {
        Micronaut.build(args)
                .mainClass(Parley.class)
                .packages("dev.parley")
                .banner(false)
                .start();
    }
}
