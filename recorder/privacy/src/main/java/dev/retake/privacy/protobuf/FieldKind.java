package dev.retake.privacy.protobuf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The types of fields (descriptor.proto, {@code FieldDescriptorProto.Type}), and how numbers of each are written. */
enum FieldKind {
    DOUBLE(1, WireReader.I64, 64, true),
    FLOAT(2, WireReader.I32, 32, true),
    INT64(3, WireReader.VARINT, 64, true),
    UINT64(4, WireReader.VARINT, 64, false),
    INT32(5, WireReader.VARINT, 32, true),
    FIXED64(6, WireReader.I64, 64, false),
    FIXED32(7, WireReader.I32, 32, false),
    BOOL(8, WireReader.VARINT, 1, false),
    STRING(9, WireReader.LEN, 0, false),
    GROUP(10, WireReader.SGROUP, 0, false),
    MESSAGE(11, WireReader.LEN, 0, false),
    BYTES(12, WireReader.LEN, 0, false),
    UINT32(13, WireReader.VARINT, 32, false),
    ENUM(14, WireReader.VARINT, 32, true),
    SFIXED32(15, WireReader.I32, 32, true),
    SFIXED64(16, WireReader.I64, 64, true),
    SINT32(17, WireReader.VARINT, 32, true),
    SINT64(18, WireReader.VARINT, 64, true);

    /** Doubles from here on are written with an exponent, and are no ids. */
    private static final double HUGE = 1e18;

    private static final FieldKind[] BY_NUMBER = new FieldKind[19];

    static {
        for (FieldKind kind : values()) {
            BY_NUMBER[kind.number] = kind;
        }
    }

    private final int number;
    private final int wire;
    private final int bits;
    private final boolean signed;

    FieldKind(int number, int wire, int bits, boolean signed) {
        this.number = number;
        this.wire = wire;
        this.bits = bits;
        this.signed = signed;
    }

    /** The kind with this number in a descriptor, null for none. */
    static @Nullable FieldKind of(long number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : null;
    }

    /** How a single value is written. */
    int wire() {
        return wire;
    }

    boolean isMessage() {
        return this == MESSAGE || this == GROUP;
    }

    /** Whether repeated values may stand in one run without tags. */
    boolean isPackable() {
        return wire != WireReader.LEN && wire != WireReader.SGROUP;
    }

    /** Whether it holds numbers that may be somebody's. */
    boolean isNumber() {
        return isPackable() && this != BOOL && this != ENUM;
    }

    /** The number as JSON writes it; null for one that JSON has no number for. */
    @Nullable
    String text(long raw) {
        return switch (this) {
            case DOUBLE -> decimal(Double.longBitsToDouble(raw), null);
            case FLOAT -> decimal(Float.intBitsToFloat((int) raw), Float.toString(Float.intBitsToFloat((int) raw)));
            case INT64, SFIXED64 -> Long.toString(raw);
            case UINT64, FIXED64 -> Long.toUnsignedString(raw);
            case INT32, SFIXED32, ENUM -> Integer.toString((int) raw);
            case UINT32, FIXED32 -> Integer.toUnsignedString((int) raw);
            case SINT32 -> Integer.toString((int) unzigzag(raw & 0xffffffffL));
            case SINT64 -> Long.toString(unzigzag(raw));
            case BOOL -> raw == 0 ? "false" : "true";
            case STRING, BYTES, MESSAGE, GROUP -> null;
        };
    }

    private static @Nullable String decimal(double value, @Nullable String shortest) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return null;
        }
        String text = shortest == null ? Double.toString(value) : shortest;
        if (Math.abs(value) >= HUGE) {
            return text;
        }
        String plain = new BigDecimal(text).toPlainString();
        return plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
    }

    /**
     * The wire bytes of a number as JSON writes it. One beyond the range keeps its last bits; what is no number is zero.
     */
    byte[] encode(byte[] json) {
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(new String(json, StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            decimal = BigDecimal.ZERO; // dropped or redacted
        }
        if (this == DOUBLE) {
            return fixed(Double.doubleToRawLongBits(decimal.doubleValue()), Long.BYTES);
        }
        if (this == FLOAT) {
            return fixed(Float.floatToRawIntBits(decimal.floatValue()), Integer.BYTES);
        }
        long whole = inRange(decimal.toBigInteger());
        return switch (wire) {
            case WireReader.I64 -> fixed(whole, Long.BYTES);
            case WireReader.I32 -> fixed(whole, Integer.BYTES);
            default -> WireReader.varint(this == SINT32 || this == SINT64 ? zigzag(whole) : whole);
        };
    }

    private long inRange(BigInteger value) {
        int room = signed ? bits - 1 : bits;
        if (value.bitLength() <= room && (signed || value.signum() >= 0)) {
            return value.longValue();
        }
        long kept = value.abs().mod(BigInteger.ONE.shiftLeft(room)).longValue();
        return value.signum() < 0 && signed ? -kept : kept;
    }

    private static byte[] fixed(long bits, int length) {
        byte[] written = new byte[length];
        for (int i = 0; i < length; i++) {
            written[i] = (byte) (bits >>> 8 * i);
        }
        return written;
    }

    private long zigzag(long value) {
        long mixed = value << 1 ^ value >> 63;
        return this == SINT32 ? mixed & 0xffffffffL : mixed;
    }

    private static long unzigzag(long raw) {
        return raw >>> 1 ^ -(raw & 1);
    }
}
