namespace RagStudio.Data;

/// <summary>Splits a stream into lines.</summary>
internal sealed class LineReader(Stream input)
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>The number of the line that was read last, or is incomplete.</summary>
    public long Line { get; private set; }

    /// <summary>Reads a line, without what ends it; valid until the next call.</summary>
    /// <returns><see langword="null"/> at the end.</returns>
    /// <exception cref="RowFileException">The line does not end, or is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        Line++;
        var searched = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + end);
                _start += searched + end + 1;
                return line;
            }
            searched = _end - _start;
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return searched == 0 ? null : throw new RowFileException(Line, "It does not end: the file was cut.");
            }
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end > RowFormat.LongestLine)
        {
            throw new RowFileException(Line, $"It is longer than {RowFormat.LongestLine >> 20} MiB.");
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
