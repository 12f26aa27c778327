using System.Text;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>A run journal in a file: when a method returns, the content and the file's name are on disk.</summary>
internal sealed class JournalFile(string path) : IJournalStore
{
    /// <summary>
    /// The suffix of a journal until its first line is on disk. No start treats a file of this name as a
    /// journal.
    /// </summary>
    private const string Unbegun = ".new";

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public string DisplayName => path;

    public string Path => path;

    /// <summary>
    /// True if any entry has that name: a folder or a dangling link is a damaged journal, not a missing one.
    /// </summary>
    public bool Exists => FileEntry.Exists(path);

    /// <summary>
    /// Writes the first line under another name and then renames the file: an existing journal has a complete
    /// first line.
    /// </summary>
    public void Begin(ReadOnlySpan<byte> line)
    {
        RemoveUnbegun();
        var database = path[..^RunJournal.Extension.Length];
        using (var file = DurableFile.Create(path + Unbegun, database, FileAccess.Write, FileShare.Read))
        {
            file.Write(line);
            file.Flush();
            DiskFlush.Run(file.SafeFileHandle);
        }
        // Replaces the journal of an ended run that could not be removed.
        PatientFile.Replace(path + Unbegun, path);
        FlushFolder();
    }

    /// <summary>
    /// Adds a line after the last complete one: a torn line does not count, and would damage the next one.
    /// </summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        using var file = OwnFile.Open(path, FileAccess.ReadWrite);
        var end = OwnFile.Read(file, path).AsSpan().LastIndexOf((byte)'\n') + 1;
        RandomAccess.SetLength(file, end);
        RandomAccess.Write(file, line, end);
        DiskFlush.Run(file);
    }

    /// <summary>Removes all lines, which works even on a full disk.</summary>
    public void Empty()
    {
        using var file = OwnFile.Open(path, FileAccess.ReadWrite);
        RandomAccess.SetLength(file, 0);
        DiskFlush.Run(file);
    }

    public void Remove()
    {
        PatientFile.Delete(path);
        FlushFolder();
    }

    /// <summary>Removes a file that was killed, or failed, before it got its name.</summary>
    public void RemoveUnbegun() => PatientFile.Delete(path + Unbegun);

    /// <summary>
    /// Reads the complete lines. A torn last line was never acted upon: a run continues only when a line is
    /// on disk.
    /// </summary>
    /// <exception cref="InvalidDataException">It is not a regular file, or not text.</exception>
    public IReadOnlyList<string> ReadLines()
    {
        try
        {
            var bytes = OwnFile.Read(path).AsSpan();
            var text = Strict.GetString(bytes[..(bytes.LastIndexOf((byte)'\n') + 1)]);
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (FileNotFoundException)
        {
            // Another run has just completed.
            return [];
        }
        catch (DecoderFallbackException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }

    private void FlushFolder() => FolderSync.Flush(System.IO.Path.GetDirectoryName(path)!);
}
