namespace System
{
    public struct SpanByte
    {
        private readonly byte[] _octets;
        public byte this[int index] { get => throw null; set => throw null; }
        public static SpanByte Empty { get => throw null; }
        public int Length { get => throw null; }
        public bool IsEmpty { get => throw null; }
        public SpanByte(byte[] octets) => throw null;
        public SpanByte(byte[] octets, int index, int count) => throw null;
        public void CopyTo(SpanByte buffer) => throw null;
        public SpanByte Slice(int start) => throw null;
        public SpanByte Slice(int start, int length) => throw null;
        public byte[] ToArray() => throw null;
        public static implicit operator SpanByte(byte[] octets) => throw null;
    }
}
