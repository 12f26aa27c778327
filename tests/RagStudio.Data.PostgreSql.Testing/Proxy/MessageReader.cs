using System.Buffers.Binary;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>Reads messages of PostgreSQL's protocol: a type, then a length that counts itself, then the rest.</summary>
internal sealed class MessageReader(Stream stream)
{
    private const int LengthSize = 4;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether the next message is here already.</summary>
    public bool HasMessage => SizeOfNext(typed: true) is { } size && size <= _end - _start;

    /// <summary>Reads the next message; <see langword="null"/> at the end. The first of a client has no type.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken, bool typed = true)
    {
        while (true)
        {
            if (SizeOfNext(typed) is { } size && size <= _end - _start)
            {
                var message = _buffer.AsSpan(_start, size).ToArray();
                _start += size;
                return message;
            }
            MakeRoom(SizeOfNext(typed) ?? 0);
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return null;
            }
            _end += read;
        }
    }

    /// <summary>Reads one byte: how the server answers to a request for encryption.</summary>
    public async Task<byte> ReadByteAsync(CancellationToken cancellationToken)
    {
        var single = new byte[1];
        await stream.ReadExactlyAsync(single, cancellationToken);
        return single[0];
    }

    private int? SizeOfNext(bool typed)
    {
        var type = typed ? 1 : 0;
        return _end - _start < type + LengthSize
            ? null
            : type + BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + type));
    }

    private void MakeRoom(int size)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        if (size > _buffer.Length || _end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(size, 2 * _buffer.Length));
        }
    }
}
