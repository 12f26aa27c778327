using System.Runtime.InteropServices;
using System.Text;

namespace RagStudio.Data.PowerTests.Recording;

/// <summary>Reads what <c>recorder.c</c> wrote.</summary>
internal static class DiskLog
{
    public static IReadOnlyList<DiskOperation> Read(string file)
    {
        var bytes = File.ReadAllBytes(file).AsMemory();
        var operations = new List<DiskOperation>();
        while (bytes.Length > 0)
        {
            var head = MemoryMarshal.Read<Head>(bytes.Span);
            bytes = bytes[Marshal.SizeOf<Head>()..];
            operations.Add(
                new DiskOperation(
                    (DiskOperationKind)head.Operation,
                    (DiskCaller)head.Caller,
                    head.File,
                    head.First,
                    Encoding.UTF8.GetString(Take(ref bytes, head.PathLength).Span),
                    Encoding.UTF8.GetString(Take(ref bytes, head.OtherLength).Span),
                    Take(ref bytes, head.DataLength)
                )
            );
        }
        return operations;
    }

    private static Memory<byte> Take(ref Memory<byte> bytes, uint length)
    {
        var taken = bytes[..(int)length];
        bytes = bytes[(int)length..];
        return taken;
    }

    /// <summary>The <c>struct record</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Head
    {
        public readonly uint Operation;
        public readonly uint Caller;
        public readonly uint PathLength;
        public readonly uint OtherLength;
        public readonly uint DataLength;
        public readonly uint Reserved;
        public readonly ulong File;
        public readonly long First;
        public readonly long Second;
    }
}
