using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>Bytes at the end of every page that an extension reserves, such as a checksum or a codec.</summary>
internal static unsafe class ReservedBytes
{
    private const int Operation = 38;

    public static void Set(CopyFile file, int count)
    {
        using var connection = file.Open();
        fixed (byte* main = "main\0"u8)
        {
            var bytes = count;
            var result = SqliteLibrary.FileControl(connection.Handle!.DangerousGetHandle(), main, Operation, &bytes);
            Assert.That(result, Is.EqualTo(raw.SQLITE_OK));
        }
        connection.Execute("CREATE TABLE first (id INTEGER)");
    }
}
