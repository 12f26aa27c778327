using System.Text.Json;
using System.Text.Json.Serialization;
using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

internal sealed class LockHolderFileTests
{
    private static readonly JsonSerializerOptions Serializer = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private string _path = null!;

    [SetUp]
    public void SetUp() => _path = Path.GetTempFileName();

    [TearDown]
    public void TearDown() => File.Delete(_path);

    [Test]
    public void Write_writes_what_earlier_versions_wrote_by_a_serializer([Values] RunActivity activity)
    {
        var holder = Holder(activity);

        LockHolderFile.Write(_path, holder);

        Assert.That(File.ReadAllText(_path), Is.EqualTo(JsonSerializer.Serialize(holder, Serializer)));
    }

    [Test]
    public void Read_reads_what_Write_writes()
    {
        LockHolderFile.Write(_path, Holder(RunActivity.BackUp));

        Assert.That(LockHolderFile.Read(_path), Is.EqualTo(Holder(RunActivity.BackUp)));
    }

    [Test]
    public void Read_reads_nothing_from_a_file_that_is_just_being_written()
    {
        File.WriteAllText(_path, "{\"processId\":1,\"ho");

        Assert.That(LockHolderFile.Read(_path), Is.Null);
    }

    private static LockHolder Holder(RunActivity activity) =>
        new(42, "Käptn+\"1\"", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), "1.2.3", activity);
}
