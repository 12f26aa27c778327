using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data;

/// <summary>
/// What a checksum is computed over, field after field. Its buffer is used again after <see cref="Clear"/>: a pass over a whole log allocates
/// nothing for an event.
/// </summary>
internal sealed class EventRendering
{
    /// <summary>The digits of a length, and the two marks around the field.</summary>
    private const int MostBeside = 12;

    private byte[] _bytes = new byte[1024];
    private int _length;

    public void Clear() => _length = 0;

    public void WriteNull()
    {
        "-,"u8.CopyTo(Reserve(2));
        _length += 2;
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

    public void Hash(Span<byte> hash) => SHA256.HashData(_bytes.AsSpan(0, _length), hash);

    /// <summary>Writes all but the field itself.</summary>
    /// <returns>Its place.</returns>
    private Span<byte> Begin(int length)
    {
        var free = Reserve(length + MostBeside);
        Utf8Formatter.TryFormat(length, free, out var digits);
        free[digits] = (byte)':';
        free[digits + 1 + length] = (byte)',';
        _length += digits + length + 2;
        return free.Slice(digits + 1, length);
    }

    private Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + length));
        }
        return _bytes.AsSpan(_length);
    }
}
