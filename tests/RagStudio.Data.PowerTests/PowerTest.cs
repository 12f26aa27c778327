using RagStudio.Data.PowerTests.Recording;

namespace RagStudio.Data.PowerTests;

/// <summary>Tests that use the recorder, which are ignored if it is not available.</summary>
internal abstract class PowerTest
{
    protected RecorderLibrary Library { get; private set; } = null!;

    [OneTimeSetUp]
    public void CompileRecorder()
    {
        if (RecorderLibrary.FindObstacle() is { } obstacle)
        {
            Assert.Ignore($"No power fails here: {obstacle}.");
        }
        FastDisk.Use();
        Library = RecorderLibrary.Compile();
    }

    [OneTimeTearDown]
    public void RemoveRecorder() => Library?.Dispose();
}
