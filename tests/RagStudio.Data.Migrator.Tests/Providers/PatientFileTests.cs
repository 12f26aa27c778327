using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Providers;

internal sealed class PatientFileTests
{
    private readonly List<TimeSpan> _waits = [];

    [SetUp]
    public void Forget() => _waits.Clear();

    [Test]
    public void Retry_does_it_again_when_a_neighbour_lets_go_of_the_file()
    {
        var tries = 0;

        Retry(() => ThrowIf(++tries < 4, SharingViolation));

        Assert.That(tries, Is.EqualTo(4));
        Assert.That(_waits, Has.Count.EqualTo(3).And.Ordered);
    }

    [Test]
    public void Retry_fails_as_it_did_when_a_neighbour_keeps_the_file()
    {
        var failure = Assert.Throws<IOException>(() => Retry(() => throw SharingViolation));

        Assert.That(failure!.HResult, Is.EqualTo(SharingViolation.HResult));
        Assert.That(_waits.Sum(wait => wait.TotalSeconds), Is.EqualTo(3).Within(0.001));
    }

    [Test]
    public void Retry_fails_at_once_when_it_is_no_neighbour()
    {
        Assert.Throws<FileNotFoundException>(() => Retry(() => throw new FileNotFoundException()));

        Assert.That(_waits, Is.Empty);
    }

    [TestCase(5, true)]
    [TestCase(32, true)]
    [TestCase(33, true)]
    [TestCase(145, true)]
    [TestCase(2, false)]
    [TestCase(112, false)]
    public void IsOfNeighbour_knows_the_errors_of_Windows(int error, bool isOfNeighbour) =>
        Assert.That(PatientFile.IsOfNeighbour(ErrorOf(error)), Is.EqualTo(isOfNeighbour));

    [Test]
    public void IsOfNeighbour_knows_that_a_file_of_another_program_cannot_be_removed() =>
        Assert.That(PatientFile.IsOfNeighbour(new UnauthorizedAccessException { HResult = SharingViolation.HResult }));

    /// <summary>On Windows a real file that stays open; elsewhere an open file can be removed at once.</summary>
    [Test]
    public async Task Delete_removes_a_file_that_somebody_has_open_for_a_moment()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Combine("scanned");
        var scanner = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);

        var deleting = Task.Run(() => PatientFile.Delete(path));
        await scanner.DisposeAsync();
        await deleting;

        Assert.That(File.Exists(path), Is.False);
    }

    private static IOException SharingViolation => ErrorOf(32);

    private static IOException ErrorOf(int error) => new("It is in use.", unchecked((int)0x80070000) | error);

    private static void ThrowIf(bool condition, Exception failure)
    {
        if (condition)
        {
            throw failure;
        }
    }

    private void Retry(Action act) => PatientFile.Retry(act, PatientFile.IsOfNeighbour, _waits.Add);
}
