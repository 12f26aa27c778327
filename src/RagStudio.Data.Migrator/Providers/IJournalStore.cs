namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The store in which a run records its progress, for the next start if the run is killed. When a method
/// returns, its effect is on disk or committed, and it is not part of what the run itself changes or undoes.
/// </summary>
/// <remarks>
/// A method that fails throws an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>,
/// and an <see cref="InvalidDataException"/> for something that is not a journal: a provider converts its own
/// errors to these.
/// </remarks>
public interface IJournalStore
{
    /// <summary>The location as shown to users.</summary>
    string DisplayName { get; }

    /// <summary>The full path, if the store is a file.</summary>
    /// <value>Default: <see langword="null"/>, if it is not.</value>
    string? Path => null;

    /// <summary>True if there is a journal, even an empty or damaged one.</summary>
    bool Exists { get; }

    /// <summary>Reads the complete lines, without a torn last line.</summary>
    /// <returns>The lines without line endings; empty if there is no journal.</returns>
    IReadOnlyList<string> ReadLines();

    /// <summary>
    /// Begins a journal, replacing one that may exist. <b>If killed halfway, there is either no journal, or
    /// one with a complete first line.</b>
    /// </summary>
    /// <param name="line">Its first line, with its line ending.</param>
    void Begin(ReadOnlySpan<byte> line);

    /// <summary>Adds a line after the last complete one.</summary>
    /// <param name="line">The line, with its line ending.</param>
    void Append(ReadOnlySpan<byte> line);

    /// <summary>Removes all lines, which works even on a full disk.</summary>
    void Empty();

    /// <summary>Removes the journal, if there is one.</summary>
    void Remove();

    /// <summary>Removes what a killed or failed <see cref="Begin"/> has left.</summary>
    void RemoveUnbegun();
}
