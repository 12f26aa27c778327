using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The journal of a set whose runs need none: each is undone by its transaction.</summary>
internal sealed class NoJournal(IDatabaseStorage first) : IJournalStore
{
    public string DisplayName => $"no journal with {first.DisplayName}";

    public bool Exists => false;

    public IReadOnlyList<string> ReadLines() => [];

    /// <exception cref="InvalidOperationException">Always.</exception>
    public void Begin(ReadOnlySpan<byte> line) =>
        throw new InvalidOperationException(
            $"A run over '{first.DisplayName}' is undone by restoring, for which its provider has no journal."
        );

    public void Append(ReadOnlySpan<byte> line) => Begin(line);

    public void Empty() { }

    public void Remove() { }

    public void RemoveUnbegun() { }
}
