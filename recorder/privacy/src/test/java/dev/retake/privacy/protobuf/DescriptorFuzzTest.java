package dev.retake.privacy.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.Map;

/** Descriptor sets of any bytes are read, as protobuf's own library reads them, or refused with a sentence. */
class DescriptorFuzzTest {
    @FuzzTest
    void read(byte[] input) {
        Map<String, MessageType> types = new HashMap<>();
        try {
            new DescriptorReader(types, new HashMap<>()).read(input);
        } catch (IllegalArgumentException e) {
            return;
        }
        FileDescriptorSet set;
        try {
            set = FileDescriptorSet.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            return; // the library is stricter on what we pass over
        }
        for (FileDescriptorProto file : set.getFileList()) {
            for (DescriptorProto message : file.getMessageTypeList()) {
                String name =
                        file.getPackage().isEmpty() ? message.getName() : file.getPackage() + "." + message.getName();
                assertThat(types).containsKey(name);
                for (FieldDescriptorProto field : message.getFieldList()) {
                    assertThat(types.get(name).field(field.getNumber())).isNotNull();
                }
            }
        }
    }
}
