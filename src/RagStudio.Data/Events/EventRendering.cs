using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data;

/// <summary>
/// The input of the checksums, field by field and event by event. Its buffer is reused after
/// <see cref="Clear"/>: a pass over a whole log does not allocate per event.
/// </summary>
internal sealed class EventRendering
{
    /// <summary>The digits of a length and the two delimiters around the field.</summary>
    private const int MaxBeside = 12;

    private byte[] _bytes = new byte[1024];

    /// <summary>The start of the next field.</summary>
    public int Length { get; private set; }

    public void Clear() => Length = 0;

    public void WriteNull()
    {
        "-,"u8.CopyTo(Reserve(2));
        Length += 2;
    }

    public void Write(ReadOnlySpan<byte> field) => field.CopyTo(Begin(field.Length));

    public void Write(string? field)
    {
        if (field is null)
        {
            WriteNull();
        }
        else
        {
            Encoding.UTF8.GetBytes(field, Begin(Encoding.UTF8.GetByteCount(field)));
        }
    }

    /// <summary>Hashes the bytes between two positions.</summary>
    public void Hash(int start, int end, Span<byte> hash) => SHA256.HashData(_bytes.AsSpan(start, end - start), hash);

    /// <summary>Reads back the fields between two positions.</summary>
    public IReadOnlyList<byte[]?> Fields(int start, int end)
    {
        var fields = new List<byte[]?>();
        for (var at = start; at < end; )
        {
            if (_bytes[at] == '-')
            {
                fields.Add(null);
                at += 2;
            }
            else
            {
                _ = Utf8Parser.TryParse(_bytes.AsSpan(at), out int length, out var digits);
                fields.Add(_bytes.AsSpan(at + digits + 1, length).ToArray());
                at += digits + length + 2;
            }
        }
        return fields;
    }

    /// <summary>Writes everything around a field.</summary>
    /// <returns>The space for the field itself.</returns>
    private Span<byte> Begin(int length)
    {
        var free = Reserve(length + MaxBeside);
        Utf8Formatter.TryFormat(length, free, out var digits);
        free[digits] = (byte)':';
        free[digits + 1 + length] = (byte)',';
        Length += digits + length + 2;
        return free.Slice(digits + 1, length);
    }

    private Span<byte> Reserve(int length)
    {
        if (_bytes.Length - Length < length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + length));
        }
        return _bytes.AsSpan(Length);
    }
}
