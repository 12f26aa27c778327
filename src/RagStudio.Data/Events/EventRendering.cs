using System.Buffers;
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
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);

    public void Clear() => _bytes.ResetWrittenCount();

    public void WriteNull() => _bytes.Write("-,"u8);

    public void Write(ReadOnlySpan<byte> field)
    {
        WriteLength(field.Length);
        _bytes.Write(field);
        _bytes.Write(","u8);
    }

    public void Write(string? field)
    {
        if (field is null)
        {
            WriteNull();
            return;
        }
        WriteLength(Encoding.UTF8.GetByteCount(field));
        Encoding.UTF8.GetBytes(field, _bytes);
        _bytes.Write(","u8);
    }

    public void Hash(Span<byte> hash) => SHA256.HashData(_bytes.WrittenSpan, hash);

    private void WriteLength(int length)
    {
        const int MostDigits = 10;
        Utf8Formatter.TryFormat(length, _bytes.GetSpan(MostDigits), out var digits);
        _bytes.Advance(digits);
        _bytes.Write(":"u8);
    }
}
