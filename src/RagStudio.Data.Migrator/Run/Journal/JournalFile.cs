using System.Text;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>A run journal that is a file: what was written, and the file's name too, is on disk when a method returns.</summary>
internal sealed class JournalFile(string path) : IJournalStore
{
    /// <summary>What a journal is called until its first line is on disk. No start takes a file of this name for a journal.</summary>
    private const string Unbegun = ".new";

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public string DisplayName => path;

    public string Path => path;

    /// <summary>Whether there is anything by that name: a folder or a link to nothing is a journal that is damaged, not none.</summary>
    public bool Exists => FileEntry.Exists(path);

    /// <summary>Writes the first line under another name and then gives the file its own: a journal that is there has a whole first line.</summary>
    public void Begin(ReadOnlySpan<byte> line)
    {
        RemoveUnbegun();
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var file = new FileStream(path + Unbegun, options))
        {
            SourceAccess.Give(file.SafeFileHandle, path[..^RunJournal.Extension.Length]);
            file.Write(line);
            file.Flush();
            DiskFlush.Run(file.SafeFileHandle);
        }
        // Over the journal of an ended run that could not be removed.
        PatientFile.Replace(path + Unbegun, path);
        FlushFolder();
    }

    /// <summary>Adds a line after the last whole one: a torn line is none, and would spoil the next one.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        using var file = OwnFile.Open(path, FileAccess.ReadWrite);
        var end = OwnFile.Read(file, path).AsSpan().LastIndexOf((byte)'\n') + 1;
        RandomAccess.SetLength(file, end);
        RandomAccess.Write(file, line, end);
        DiskFlush.Run(file);
    }

    /// <summary>Takes all lines away, for which a full disk has room too.</summary>
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

    /// <summary>Removes what was killed, or failed, before it had its name.</summary>
    public void RemoveUnbegun() => PatientFile.Delete(path + Unbegun);

    /// <summary>The whole lines. A torn last line was never acted upon: a run goes on only when a line is on disk.</summary>
    /// <exception cref="InvalidDataException">It is no regular file, or no text.</exception>
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
            // Another run has just come to its end.
            return [];
        }
        catch (DecoderFallbackException failure)
        {
            throw new InvalidDataException(failure.Message, failure);
        }
    }

    private void FlushFolder() => FolderSync.Flush(System.IO.Path.GetDirectoryName(path)!);
}
