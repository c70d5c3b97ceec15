package dev.retake.journal.vault;

import dev.retake.common.error.ErrorCode;
import dev.retake.common.error.RetakeException;
import dev.retake.journal.store.StoreException;
import java.io.IOException;

/** What failures of a vault's store and files tell the user. */
final class VaultFailures {
    private VaultFailures() {}

    static RetakeException of(VaultFiles files, StoreException e) {
        String vault = "The vault " + files.directory();
        return switch (e.kind()) {
            case DAMAGED ->
                new RetakeException(
                        ErrorCode.DAMAGED, vault + " is damaged; move it aside, and recording makes a new one.", e);
            case NO_SPACE -> new RetakeException(ErrorCode.DISK, vault + " has no room; free some and try again.", e);
            case LOCKED -> locked(files, e);
            case DISK, GONE ->
                new RetakeException(
                        ErrorCode.DISK, vault + " cannot be used; check the directory and its permissions.", e);
        };
    }

    static RetakeException of(VaultFiles files, IOException e) {
        return new RetakeException(
                ErrorCode.DISK,
                "The vault " + files.directory() + " cannot be used; check the directory and its permissions.",
                e);
    }

    static RetakeException locked(VaultFiles files, Exception e) {
        return new RetakeException(
                ErrorCode.LOCKED,
                "The vault " + files.directory()
                        + " is in use by another process, as by a sidecar that records; stop that first.",
                e);
    }

    static RetakeException missing(VaultFiles files) {
        return new RetakeException(
                ErrorCode.INPUT,
                "There is no vault at " + files.directory()
                        + "; recording makes one where privacy.vault.enabled is true.");
    }

    static RetakeException foreign(VaultFiles files) {
        return new RetakeException(
                ErrorCode.KEY,
                "The vault " + files.directory() + " was written for another key; pass its own with --vault-key FILE.");
    }
}
