namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Where a run writes down how far it is, for the next start to know if it dies. What was written is on disk, or committed, when a method returns, and
/// is not part of what the run itself changes or undoes.
/// </summary>
/// <remarks>
/// A method that fails throws an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>, and an <see cref="InvalidDataException"/>
/// for what is there but is no journal: a provider makes them of its own errors.
/// </remarks>
public interface IJournalStore
{
    /// <summary>Where it is, for people.</summary>
    string DisplayName { get; }

    /// <summary>The full path of a store that is a file.</summary>
    /// <value>Default: <see langword="null"/>, for one that is not.</value>
    string? Path => null;

    /// <summary>True if there is a journal, even one that is empty or damaged.</summary>
    bool Exists { get; }

    /// <summary>Reads the whole lines. A torn last line is none.</summary>
    /// <returns>The lines, without their ends; none where there is no journal.</returns>
    IReadOnlyList<string> ReadLines();

    /// <summary>Begins a journal, in place of one that may be there. <b>Killed half way, there is none, or one with a whole first line.</b></summary>
    /// <param name="line">Its first line, with its end.</param>
    void Begin(ReadOnlySpan<byte> line);

    /// <summary>Adds a line after the last whole one.</summary>
    /// <param name="line">The line, with its end.</param>
    void Append(ReadOnlySpan<byte> line);

    /// <summary>Takes all lines away, for which a full disk has room too.</summary>
    void Empty();

    /// <summary>Removes the journal, if there is one.</summary>
    void Remove();

    /// <summary>Removes what <see cref="Begin"/> has left that was killed or failed.</summary>
    void RemoveUnbegun();
}
