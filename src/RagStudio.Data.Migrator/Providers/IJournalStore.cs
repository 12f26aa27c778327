namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Records the progress of a run, so that the next start knows it if the run dies. What a method has written is on disk,
/// or committed, when it returns, and is no part of what the run itself changes or undoes.
/// </summary>
/// <remarks>
/// A method that fails throws an <see cref="IOException"/> or an <see cref="UnauthorizedAccessException"/>, and an
/// <see cref="InvalidDataException"/> if what is there is not a journal: a provider translates its own errors.
/// </remarks>
public interface IJournalStore
{
    /// <summary>The journal's location for people.</summary>
    string DisplayName { get; }

    /// <summary>The full path of a store that is a file.</summary>
    /// <value>Default: <see langword="null"/>, for one that is not.</value>
    string? Path => null;

    /// <summary>True if there is a journal, even one that is empty or damaged.</summary>
    bool Exists { get; }

    /// <summary>Reads the complete lines, without a torn last one.</summary>
    /// <returns>The lines, without their ends; none if there is no journal.</returns>
    IReadOnlyList<string> ReadLines();

    /// <summary>Begins a journal, and replaces one that exists. <b>Killed half way, there is none, or one with a complete first line.</b></summary>
    /// <param name="line">Its first line, with its end.</param>
    void Begin(ReadOnlySpan<byte> line);

    /// <summary>Appends a line after the last complete one.</summary>
    /// <param name="line">The line, with its end.</param>
    void Append(ReadOnlySpan<byte> line);

    /// <summary>Removes all lines, which works on a full disk too.</summary>
    void Empty();

    /// <summary>Removes the journal if there is one.</summary>
    void Remove();

    /// <summary>Removes what a <see cref="Begin"/> that was killed or failed has left.</summary>
    void RemoveUnbegun();
}
