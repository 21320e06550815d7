package dev.parley.application.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM with nonces that follow from the texts, under one key. */
final class AesSeal implements Seal {

    private static final String FORM = "s1";
    private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final String MAC = "HmacSHA256";

    private final String keyId;
    private final SecretKeySpec encrypting;
    private final SecretKeySpec naming;

    AesSeal(String keyId, byte[] key) {
        if (!KEY_ID.matcher(requireNonNull(keyId, "keyId")).matches()) {
            throw new IllegalArgumentException(
                    "a key's name has 1 to 32 letters, digits, hyphens and underscores: " + keyId);
        }
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a key has %d bytes, not %d".formatted(KEY_LENGTH, key.length));
        }
        this.keyId = keyId;
        SecretKeySpec root = new SecretKeySpec(key, MAC);
        this.encrypting = new SecretKeySpec(mac(root, "encrypt".getBytes(UTF_8)), "AES");
        this.naming = new SecretKeySpec(mac(root, "nonce".getBytes(UTF_8)), MAC);
    }

    @Override
    public void requireUsable(String field) {
        // there is a key
    }

    @Override
    public String seal(String context, String text) {
        byte[] plain = text.getBytes(UTF_8);
        byte[] about = context.getBytes(UTF_8);
        byte[] nonce = Arrays.copyOf(
                mac(
                        naming,
                        ByteBuffer.allocate(Integer.BYTES + about.length + plain.length)
                                .putInt(about.length)
                                .put(about)
                                .put(plain)
                                .array()),
                NONCE_LENGTH);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(plain);
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return prefix() + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException impossible) {
            throw unusable(impossible);
        }
    }

    @Override
    public Optional<String> open(String context, String sealed) {
        if (!sealed.startsWith(prefix())) {
            return Optional.empty();
        }
        try {
            byte[] whole = Base64.getUrlDecoder().decode(sealed.substring(prefix().length()));
            if (whole.length < NONCE_LENGTH) {
                return Optional.empty();
            }
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE_LENGTH), context.getBytes(UTF_8));
            return Optional.of(new String(cipher.doFinal(whole, NONCE_LENGTH, whole.length - NONCE_LENGTH), UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encrypting, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private static byte[] mac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw unusable(impossible);
        }
    }

    private String prefix() {
        return FORM + '.' + keyId + '.';
    }

    private static IllegalStateException unusable(GeneralSecurityException impossible) {
        return new IllegalStateException("every JDK has AES and HMAC", impossible);
    }

    /** Names the key, and never shows it. */
    @Override
    public String toString() {
        return "AesSeal[key %s]".formatted(keyId);
    }
}
