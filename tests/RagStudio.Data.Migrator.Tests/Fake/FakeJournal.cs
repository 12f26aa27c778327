using System.Text;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>A journal in memory.</summary>
internal sealed class FakeJournal(string name) : IJournalStore
{
    private List<string>? _lines;

    public string DisplayName => name;

    public bool Exists => _lines is not null;

    public IReadOnlyList<string> ReadLines() => _lines is null ? [] : [.. _lines];

    public void Begin(ReadOnlySpan<byte> line) => _lines = [TextOf(line)];

    public void Append(ReadOnlySpan<byte> line) => Lines.Add(TextOf(line));

    public void Empty() => Lines.Clear();

    public void Remove() => _lines = null;

    public void RemoveUnbegun() { }

    private List<string> Lines => _lines ?? throw new FileNotFoundException("There is no journal.", name);

    private static string TextOf(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line).TrimEnd('\n');
}
