<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>The board sends back other bytes than it was sent.</source>
        <translation>보드가 받은 것과 다른 바이트를 돌려보냅니다.</translation>
    </message>
    <message>
        <source>The check sums of both frames are right: its firmware is at fault.</source>
        <translation>두 프레임의 체크섬이 모두 맞으므로 펌웨어의 문제입니다.</translation>
    </message>
    <message>
        <source>Install the firmware anew.</source>
        <translation>펌웨어를 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>Sending to the board does not get on.</source>
        <translation>보드로 보내는 작업이 더 진행되지 않습니다.</translation>
    </message>
    <message>
        <source>It counts {received} of {total}.</source>
        <translation>보드가 센 수신량은 {total} 중 {received}입니다.</translation>
    </message>
    <message>
        <source>Press its reset button, then try again.</source>
        <translation>보드의 리셋 버튼을 누른 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The board takes messages of {size} bytes only.</source>
        <translation>보드가 받는 메시지는 {size}바이트까지입니다.</translation>
    </message>
    <message>
        <source>The protocol asks for at least {size}.</source>
        <translation>프로토콜에는 최소 {size}바이트가 필요합니다.</translation>
    </message>
    <message>
        <source>Flash the firmware that comes with this studio.</source>
        <translation>이 스튜디오에 포함된 펌웨어를 플래시하세요.</translation>
    </message>
    <message>
        <source>What the board is asked does not fit into one message.</source>
        <translation>보드에 보낼 요청이 메시지 하나에 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>It has {size} bytes, the board takes {limit}.</source>
        <translation>요청은 {size}바이트이고, 보드는 {limit}바이트까지 받습니다.</translation>
    </message>
    <message>
        <source>Use fewer channels, or shorter names for them.</source>
        <translation>채널 수를 줄이거나 채널 이름을 짧게 하세요.</translation>
    </message>
    <message>
        <source>The board at {port} does not answer.</source>
        <translation>{port}의 보드가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>It runs another sketch, is halted, or something else is behind this port.</source>
        <translation>다른 스케치가 실행 중이거나, 보드가 멈췄거나, 이 포트에 다른 기기가 연결되어 있습니다.</translation>
    </message>
    <message>
        <source>Press its reset button or choose another port; then try again.</source>
        <translation>리셋 버튼을 누르거나 다른 포트를 선택한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>text for people: shown in the console</source>
        <translation>사람이 읽는 텍스트: 콘솔에 표시됩니다</translation>
    </message>
    <message>
        <source>the chip&apos;s start-up messages: shown in the console</source>
        <translation>칩의 시작 메시지: 콘솔에 표시됩니다</translation>
    </message>
    <message>
        <source>a dividing line without values</source>
        <translation>값이 없는 구분선</translation>
    </message>
    <message>
        <source>another number of values than the other lines: left out</source>
        <translation>다른 줄과 값의 개수가 다름: 제외됩니다</translation>
    </message>
    <message>
        <source>a label met once: from the second time on it is a channel</source>
        <translation>한 번만 나온 라벨: 두 번째부터 채널이 됩니다</translation>
    </message>
    <message>
        <source>written in another way than the other lines: left out</source>
        <translation>다른 줄과 다른 방식으로 쓰임: 제외됩니다</translation>
    </message>
    <message>
        <source>not text: a restart, or another baud rate</source>
        <translation>텍스트가 아님: 재시작했거나 보드레이트(baud)가 다릅니다</translation>
    </message>
    <message>
        <source>no end of line: not text, or another baud rate</source>
        <translation>줄 끝이 없음: 텍스트가 아니거나 보드레이트(baud)가 다릅니다</translation>
    </message>
    <message>
        <source>a header that names the columns</source>
        <translation>열 이름을 나타내는 헤더</translation>
    </message>
    <message>
        <source>values, with other names</source>
        <translation>이름이 다른 값</translation>
    </message>
    <message>
        <source>{count} values by position</source>
        <translation>위치로 구분하는 값 {count}개</translation>
    </message>
    <message>
        <source>Teleplot: {names}</source>
        <translation>Teleplot: {names}</translation>
    </message>
    <message>
        <source>numbers between words: {names}</source>
        <translation>단어 사이의 숫자: {names}</translation>
    </message>
    <message>
        <source>values with labels: {names}</source>
        <translation>라벨이 붙은 값: {names}</translation>
    </message>
    <message>
        <source>The port {port} is not open.</source>
        <translation>포트 {port}이(가) 열려 있지 않습니다.</translation>
    </message>
    <message>
        <source>The board at {port} takes no data.</source>
        <translation>{port}의 보드가 데이터를 받지 않습니다.</translation>
    </message>
    <message>
        <source>It is busy, halted, or something else is behind this port.</source>
        <translation>보드가 사용 중이거나, 멈췄거나, 이 포트에 다른 기기가 연결되어 있습니다.</translation>
    </message>
    <message>
        <source>Press its reset button, or choose another port.</source>
        <translation>리셋 버튼을 누르거나 다른 포트를 선택하세요.</translation>
    </message>
    <message>
        <source>A stream needs at least one channel.</source>
        <translation>스트림에는 하나 이상의 채널이 필요합니다.</translation>
    </message>
    <message>
        <source>A run needs a stride of at least one sample and a known format.</source>
        <translation>실행에는 샘플 1개 이상의 스트라이드와 알려진 형식이 필요합니다.</translation>
    </message>
    <message>
        <source>Pins may be driven, or not.</source>
        <translation>핀을 구동해도 되거나, 안 되거나 둘 중 하나여야 합니다.</translation>
    </message>
    <message>
        <source>The rates of a channel make no sense.</source>
        <translation>채널의 샘플링 속도 값이 올바르지 않습니다.</translation>
    </message>
    <message>
        <source>A rate of 0 measures nothing.</source>
        <translation>샘플링 속도가 0이면 아무것도 측정하지 않습니다.</translation>
    </message>
    <message>
        <source>A test neither passed nor failed.</source>
        <translation>테스트가 통과도 실패도 아닙니다.</translation>
    </message>
    <message>
        <source>Its values are cut.</source>
        <translation>값이 중간에 잘렸습니다.</translation>
    </message>
    <message>
        <source>A link at 0 baud carries nothing.</source>
        <translation>0보드레이트로는 아무것도 전송할 수 없습니다.</translation>
    </message>
    <message>
        <source>The board speaks version {version} of the board protocol.</source>
        <translation>보드는 보드 프로토콜 버전 {version}을(를) 사용합니다.</translation>
    </message>
    <message>
        <source>This studio speaks version {version}.</source>
        <translation>이 스튜디오는 버전 {version}을(를) 사용합니다.</translation>
    </message>
    <message>
        <source>Flash the firmware that comes with this studio, or update the studio.</source>
        <translation>이 스튜디오에 포함된 펌웨어를 플래시하거나 스튜디오를 업데이트하세요.</translation>
    </message>
    <message>
        <source>The port {port} cannot be opened at {baud} baud.</source>
        <translation>포트 {port}을(를) {baud} baud로 열 수 없습니다.</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}.</translation>
    </message>
    <message>
        <source>Choose a port from the list, or check the address and the baud rate.</source>
        <translation>목록에서 포트를 선택하거나, 주소와 보드레이트(baud)를 확인하세요.</translation>
    </message>
    <message>
        <source>The port {port} cannot be opened.</source>
        <translation>포트 {port}을(를) 열 수 없습니다.</translation>
    </message>
    <message>
        <source>Nothing answers at this address ({reason}).</source>
        <translation>이 주소에서 응답이 없습니다({reason}).</translation>
    </message>
    <message>
        <source>Check that the other side runs, and its host name and port number.</source>
        <translation>상대 쪽이 실행 중인지, 호스트 이름과 포트 번호가 맞는지 확인하세요.</translation>
    </message>
    <message>
        <source>You may not use this device.</source>
        <translation>이 기기를 사용할 권한이 없습니다.</translation>
    </message>
    <message>
        <source>It is not there ({reason}).</source>
        <translation>기기가 없습니다({reason}).</translation>
    </message>
    <message>
        <source>Plug the board in, try another cable (some only charge), then choose its port.</source>
        <translation>보드를 꽂고, 안 되면 다른 케이블로 바꿔 본 다음(충전만 되는 케이블도 있습니다) 해당 포트를 선택하세요.</translation>
    </message>
    <message>
        <source>The connection to {port} was lost.</source>
        <translation>{port}와(과)의 연결이 끊겼습니다.</translation>
    </message>
    <message>
        <source>The cable was pulled, or the board restarted ({reason}).</source>
        <translation>케이블이 빠졌거나 보드가 재시작했습니다({reason}).</translation>
    </message>
    <message>
        <source>Plug it in again: the studio reconnects by itself.</source>
        <translation>다시 꽂으세요. 스튜디오가 자동으로 다시 연결합니다.</translation>
    </message>
    <message>
        <source>Close the other program&apos;s serial monitor or plotter, then try again.</source>
        <translation>다른 프로그램의 시리얼 모니터나 플로터를 닫은 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>It is in use by {programs}.</source>
        <translation>사용 중인 프로그램: {programs}.</translation>
    </message>
    <message>
        <source>Another program uses it.</source>
        <translation>다른 프로그램이 사용 중입니다.</translation>
    </message>
    <message>
        <source>Allow the accessory in System Settings, Privacy &amp; Security, then plug the board in again.</source>
        <translation>시스템 설정의 개인정보 보호 및 보안에서 액세서리를 허용한 다음 보드를 다시 꽂으세요.</translation>
    </message>
    <message>
        <source>Ask the computer&apos;s administrator for the right to use serial ports.</source>
        <translation>컴퓨터 관리자에게 시리얼 포트 사용 권한을 요청하세요.</translation>
    </message>
    <message>
        <source>You are in the group {group}, but since your last login only: log out and in again.</source>
        <translation>그룹 {group}에 속해 있지만 마지막 로그인 이후에 추가되었습니다. 로그아웃한 다음 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>Run “sudo usermod -a -G {group} $USER” in a terminal, then log out and in again.</source>
        <translation>터미널에서 “sudo usermod -a -G {group} $USER”를 실행한 다음, 로그아웃했다가 다시 로그인하세요.</translation>
    </message>
    <message>
        <source>Save the line {rule} as /etc/udev/rules.d/70-tinywright.rules, then plug the board in again.</source>
        <translation>{rule} 줄을 /etc/udev/rules.d/70-tinywright.rules 파일로 저장한 다음 보드를 다시 꽂으세요.</translation>
    </message>
    <message>
        <source>The recording cannot be written to {folder}.</source>
        <translation>기록을 {folder}에 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The system says: {reason}.</source>
        <translation>시스템 메시지: {reason}.</translation>
    </message>
    <message>
        <source>Free some space or choose another folder; what was written is kept.</source>
        <translation>공간을 확보하거나 다른 폴더를 선택하세요. 이미 쓴 내용은 보존됩니다.</translation>
    </message>
    <message>
        <source>Choose a board with these sensors, or train a model on what this board can measure.</source>
        <translation>이 센서들이 있는 보드를 선택하거나, 이 보드가 측정할 수 있는 데이터로 모델을 학습하세요.</translation>
    </message>
    <message>
        <source>The board does not know this request.</source>
        <translation>보드가 이 요청을 알지 못합니다.</translation>
    </message>
    <message>
        <source>The board could not use a request.</source>
        <translation>보드가 요청을 처리할 수 없었습니다.</translation>
    </message>
    <message>
        <source>No model is on the board.</source>
        <translation>보드에 모델이 없습니다.</translation>
    </message>
    <message>
        <source>Flash a model first.</source>
        <translation>먼저 모델을 플래시하세요.</translation>
    </message>
    <message>
        <source>The board cannot run the model that was sent.</source>
        <translation>보드가 전송된 모델을 실행할 수 없습니다.</translation>
    </message>
    <message>
        <source>Flash it again; if that does not help, update the board&apos;s firmware.</source>
        <translation>다시 플래시하세요. 그래도 안 되면 보드의 펌웨어를 업데이트하세요.</translation>
    </message>
    <message>
        <source>The model is too big for this board.</source>
        <translation>모델이 이 보드에 비해 너무 큽니다.</translation>
    </message>
    <message>
        <source>Train a smaller model: fewer filters or units, or a shorter window.</source>
        <translation>더 작은 모델을 학습하세요. 필터나 뉴런 수를 줄이거나 윈도우를 짧게 하세요.</translation>
    </message>
    <message>
        <source>The model needs a channel that is not there.</source>
        <translation>모델에 필요한 채널이 없습니다.</translation>
    </message>
    <message>
        <source>The model was trained on another unit.</source>
        <translation>모델이 다른 단위로 학습되었습니다.</translation>
    </message>
    <message>
        <source>Train on data in the unit that the board measures.</source>
        <translation>보드가 측정하는 단위의 데이터로 학습하세요.</translation>
    </message>
    <message>
        <source>The model needs another sample rate.</source>
        <translation>모델에 다른 샘플링 속도가 필요합니다.</translation>
    </message>
    <message>
        <source>Train on data at a rate that the board can supply.</source>
        <translation>보드가 제공할 수 있는 샘플링 속도의 데이터로 학습하세요.</translation>
    </message>
    <message>
        <source>The window does not have the length that the model needs.</source>
        <translation>윈도우 길이가 모델에 필요한 길이와 다릅니다.</translation>
    </message>
    <message>
        <source>Flash the model that belongs to this data.</source>
        <translation>이 데이터에 맞는 모델을 플래시하세요.</translation>
    </message>
    <message>
        <source>The board is busy.</source>
        <translation>보드가 사용 중입니다.</translation>
    </message>
    <message>
        <source>Stop what it is doing, then try again.</source>
        <translation>보드가 하고 있는 작업을 중지한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The board&apos;s sensor does not answer.</source>
        <translation>보드의 센서가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>Check the sensor&apos;s wiring, and press the board&apos;s reset button.</source>
        <translation>센서 배선을 확인하고 보드의 리셋 버튼을 누르세요.</translation>
    </message>
    <message>
        <source>The board lost track of what was being sent.</source>
        <translation>보드가 전송 중이던 내용을 놓쳤습니다.</translation>
    </message>
    <message>
        <source>Try again. If the board restarts by itself, check its power supply.</source>
        <translation>다시 시도하세요. 보드가 저절로 재시작하면 전원 공급을 확인하세요.</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>The board refused with code {status}.</source>
        <translation>보드가 코드 {status}(으)로 거부했습니다.</translation>
    </message>
    <message>
        <source>Update this studio.</source>
        <translation>이 스튜디오를 업데이트하세요.</translation>
    </message>
    <message>
        <source>The board cannot measure that.</source>
        <translation>보드가 이것을 측정할 수 없습니다.</translation>
    </message>
    <message>
        <source>It has {count} channels.</source>
        <translation>채널이 {count}개 있습니다.</translation>
    </message>
    <message>
        <source>Choose channels from its list.</source>
        <translation>보드의 목록에서 채널을 선택하세요.</translation>
    </message>
    <message>
        <source>The recording cannot begin.</source>
        <translation>기록을 시작할 수 없습니다.</translation>
    </message>
    <message>
        <source>Another one is under way.</source>
        <translation>다른 기록이 진행 중입니다.</translation>
    </message>
    <message>
        <source>The board has sent no samples yet.</source>
        <translation>보드가 아직 샘플을 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>No recording is under way.</source>
        <translation>진행 중인 기록이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing was recorded.</source>
        <translation>기록된 내용이 없습니다.</translation>
    </message>
    <message>
        <source>The board sent fewer than two samples.</source>
        <translation>보드가 보낸 샘플이 두 개보다 적습니다.</translation>
    </message>
    <message>
        <source>Check that the curves move before you record.</source>
        <translation>기록하기 전에 곡선이 움직이는지 확인하세요.</translation>
    </message>
    <message>
        <source>No channel had two values at different times.</source>
        <translation>서로 다른 시각의 값이 두 개 있는 채널이 없습니다.</translation>
    </message>
    <message>
        <source>Record for longer.</source>
        <translation>더 오래 기록하세요.</translation>
    </message>
    <message>
        <source>The interrupted recording {name} was not recovered.</source>
        <translation>중단된 기록 {name}을(를) 복구하지 못했습니다.</translation>
    </message>
    <message>
        <source>Its folder was left where it is: {folder}.</source>
        <translation>폴더는 원래 위치에 그대로 두었습니다: {folder}.</translation>
    </message>
    <message>
        <source>The board at {port} sends no more samples.</source>
        <translation>{port}의 보드가 더 이상 샘플을 보내지 않습니다.</translation>
    </message>
    <message>
        <source>No samples came from {port} within {seconds:g} seconds.</source>
        <translation>{seconds:g}초 안에 {port}에서 샘플이 오지 않았습니다.</translation>
    </message>
    <message>
        <source>It sent {lines} lines, none with values.</source>
        <translation>{lines}줄을 보냈지만 값이 있는 줄이 없습니다.</translation>
    </message>
    <message>
        <source>It sent nothing.</source>
        <translation>아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>Check the port, the baud rate and the sketch that runs on the board.</source>
        <translation>포트, 보드레이트(baud), 보드에서 실행 중인 스케치를 확인하세요.</translation>
    </message>
    <message>
        <source>It ends too early.</source>
        <translation>너무 일찍 끝납니다.</translation>
    </message>
    <message>
        <source>It is longer than its content.</source>
        <translation>내용보다 깁니다.</translation>
    </message>
    <message>
        <source>{value} is out of range.</source>
        <translation>{value}은(는) 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>A field has {size} bytes; at most 255 fit.</source>
        <translation>필드 하나가 {size}바이트입니다. 최대 255바이트까지 들어갑니다.</translation>
    </message>
    <message>
        <source>A name in it is not UTF-8.</source>
        <translation>안에 있는 이름이 UTF-8이 아닙니다.</translation>
    </message>
    <message>
        <source>A {name} message breaks the board protocol.</source>
        <translation>{name} 메시지가 보드 프로토콜에 어긋납니다.</translation>
    </message>
    <message>
        <source>If this happens again, update the board&apos;s firmware and this studio.</source>
        <translation>다시 발생하면 보드의 펌웨어와 이 스튜디오를 업데이트하세요.</translation>
    </message>
    <message>
        <source>The project in {folder} has no trained network.</source>
        <translation>{folder}의 프로젝트에 학습된 네트워크가 없습니다.</translation>
    </message>
    <message>
        <source>Train one first: {program} train {folder}</source>
        <translation>먼저 학습하세요: {program} train {folder}</translation>
    </message>
    <message>
        <source>The work was stopped.</source>
        <translation>작업이 중지되었습니다.</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>다시 시작하세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read.</source>
        <translation>{path}을(를) 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Expected {expected}, found {found}.</source>
        <translation>필요한 것: {expected}, 실제: {found}.</translation>
    </message>
    <message>
        <source>Expected {count} items, found {found}.</source>
        <translation>필요한 항목: {count}개, 실제: {found}개.</translation>
    </message>
    <message>
        <source>It is missing.</source>
        <translation>없습니다.</translation>
    </message>
    <message>
        <source>Nothing of that name is known.</source>
        <translation>그런 이름은 알려져 있지 않습니다.</translation>
    </message>
    <message>
        <source>{count} recordings measure other channels or units than {channels} and are left out: {names}.</source>
        <translation>기록 {count}개는 채널이나 단위가 {channels}와(과) 달라서 제외되었습니다: {names}.</translation>
    </message>
    <message>
        <source>Column {name} holds no numbers and was left out.</source>
        <translation>열 {name}에는 숫자가 없어 제외되었습니다.</translation>
    </message>
    <message>
        <source>{file}, line {line}, cannot be read.</source>
        <translation>{file}의 {line}번째 줄을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>No column holds something measured.</source>
        <translation>측정값이 들어 있는 열이 없습니다.</translation>
    </message>
    <message>
        <source>Column {name} was read as time in {unit}.</source>
        <translation>열 {name}을(를) 시간({unit})으로 읽었습니다.</translation>
    </message>
    <message>
        <source>Read as a table of rows that do not follow one another in time. If they do, import them by command, with --rate.</source>
        <translation>시간 순서로 이어지지 않는 행의 표로 읽었습니다. 이어지는 행이라면 명령으로 --rate를 주어 가져오세요.</translation>
    </message>
    <message>
        <source>The clock jumps: a recording was cut there.</source>
        <translation>시각이 건너뛰어 그 위치에서 기록을 나누었습니다.</translation>
    </message>
    <message>
        <source>{rate:g} Hz is far more than these data have.</source>
        <translation>{rate:g} Hz는 이 데이터의 실제 샘플링 속도보다 훨씬 높습니다.</translation>
    </message>
    <message>
        <source>Give a lower rate, or none: the clock in the file tells it.</source>
        <translation>더 낮은 샘플링 속도를 지정하거나 비워 두세요. 파일의 시각에서 알 수 있습니다.</translation>
    </message>
    <message>
        <source>About {count} samples are missing; the last value was kept there.</source>
        <translation>샘플 약 {count}개가 빠져 있어 그 자리에 마지막 값을 유지했습니다.</translation>
    </message>
    <message>
        <source>The labels change {count} times, more than can be shown.</source>
        <translation>라벨이 {count}번 바뀌어 모두 표시할 수 없습니다.</translation>
    </message>
    <message>
        <source>Import a part of the file, or round the numbers to learn.</source>
        <translation>파일의 일부만 가져오거나, 학습할 숫자를 반올림하세요.</translation>
    </message>
    <message>
        <source>The sampling rate is not in the file: {rate:g} Hz was assumed. Import it again with the right rate if it was another.</source>
        <translation>파일에 샘플링 속도가 없어 {rate:g} Hz로 가정했습니다. 다르다면 올바른 속도로 다시 가져오세요.</translation>
    </message>
    <message>
        <source>{file} holds no values.</source>
        <translation>{file}에 값이 없습니다.</translation>
    </message>
    <message>
        <source>{file} breaks off in its last line, which was left out.</source>
        <translation>{file}은(는) 마지막 줄에서 끊겨 있어 그 줄을 제외했습니다.</translation>
    </message>
    <message>
        <source>{file} is no text file.</source>
        <translation>{file}은(는) 텍스트 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>{cell} in column {column} is no number.</source>
        <translation>열 {column}의 {cell}은(는) 숫자가 아닙니다.</translation>
    </message>
    <message>
        <source>It has {found} values where there should be {expected}.</source>
        <translation>값이 {expected}개여야 하는데 {found}개 있습니다.</translation>
    </message>
    <message>
        <source>The test part has windows of {classes}, which training has none of: they can only be answered wrongly. Put recordings of them into the training part too.</source>
        <translation>테스트 부분에는 {classes}의 윈도우가 있지만 학습 부분에는 없습니다. 그래서 반드시 틀리게 됩니다. 이 클래스의 기록을 학습 부분에도 넣으세요.</translation>
    </message>
    <message>
        <source>No window shows {classes}. Record more, use shorter windows, or remove the class.</source>
        <translation>{classes}이(가) 나타나는 윈도우가 없습니다. 더 기록하거나, 윈도우를 짧게 하거나, 클래스를 삭제하세요.</translation>
    </message>
    <message>
        <source>The test part has no window of {classes}: the score says nothing about it. Record more takes.</source>
        <translation>테스트 부분에 {classes}의 윈도우가 없어 점수로는 이 클래스를 알 수 없습니다. 테이크를 더 기록하세요.</translation>
    </message>
    <message>
        <source>Training has {most} windows of {common} and {fewest} of {rare}: a network may do well by ignoring {rare}. Record more of it, or let class weights balance them.</source>
        <translation>학습 부분에 {common} 윈도우는 {most}개, {rare} 윈도우는 {fewest}개입니다. 네트워크가 {rare}을(를) 무시해도 점수가 좋게 나올 수 있습니다. 적은 쪽을 더 기록하거나 클래스 가중치로 균형을 맞추세요.</translation>
    </message>
    <message>
        <source>Training has fewer than {few} windows of {classes}. Record more of it.</source>
        <translation>학습 부분에 {classes}의 윈도우가 {few}개보다 적습니다. 더 기록하세요.</translation>
    </message>
    <message>
        <source>There are fewer than {fewest} recordings: each was cut into training, validation and test. Parts of one take are alike, so the score flatters. Record at least {fewest} takes.</source>
        <translation>기록이 {fewest}개보다 적어 각 기록을 학습, 검증, 테스트로 나누었습니다. 한 테이크의 부분들은 서로 비슷하므로 점수가 실제보다 좋게 나옵니다. 테이크를 {fewest}개 이상 기록하세요.</translation>
    </message>
    <message>
        <source>Fewer than {fewest} recordings show {classes}: each was cut into training, validation and test. Parts of one take are alike, so the score flatters. Record at least {fewest} takes of each class.</source>
        <translation>{classes}이(가) 나타나는 기록이 {fewest}개보다 적어 각 기록을 학습, 검증, 테스트로 나누었습니다. 한 테이크의 부분들은 서로 비슷하므로 점수가 실제보다 좋게 나옵니다. 클래스마다 테이크를 {fewest}개 이상 기록하세요.</translation>
    </message>
    <message>
        <source>{count} of {total} test windows also occur in training, value by value: the score flatters. Remove recordings that were imported twice.</source>
        <translation>테스트 윈도우 {total}개 중 {count}개는 모든 값이 똑같은 채로 학습 부분에도 있어 점수가 실제보다 좋게 나옵니다. 두 번 가져온 기록을 삭제하세요.</translation>
    </message>
    <message>
        <source>Each class was recorded in one go: the network may learn the moment (temperature, how the board lay) in place of the class. Record each again on another occasion, and keep those recordings for the test part.</source>
        <translation>각 클래스를 한 번에 이어서 기록했습니다. 네트워크가 클래스 대신 그 순간의 조건(온도, 보드가 놓인 방식)을 배울 수 있습니다. 다른 때에 각 클래스를 다시 기록하고, 그 기록은 테스트 부분에 두세요.</translation>
    </message>
    <message>
        <source>There is nothing to learn from yet.</source>
        <translation>아직 학습할 데이터가 없습니다.</translation>
    </message>
    <message>
        <source>Record or import something first.</source>
        <translation>먼저 데이터를 기록하거나 가져오세요.</translation>
    </message>
    <message>
        <source>{count} windows are too few to hold any back: all of them train, and all of them test. The score shows what was learnt by heart, not what was understood.</source>
        <translation>윈도우 {count}개는 따로 남겨 두기에 너무 적어 모두 학습과 테스트에 함께 쓰입니다. 점수는 이해한 것이 아니라 외운 것을 보여 줍니다.</translation>
    </message>
    <message>
        <source>No window is left for the test part: record more takes to get an honest score.</source>
        <translation>테스트 부분에 남은 윈도우가 없습니다. 믿을 수 있는 점수를 얻으려면 테이크를 더 기록하세요.</translation>
    </message>
    <message>
        <source>It gets {training} % of the training windows right, but only {validation} % of those it has not seen: it learns the takes by heart.</source>
        <translation>학습 윈도우는 {training} % 맞히지만 본 적 없는 윈도우는 {validation} %만 맞힙니다. 테이크를 외우고 있습니다.</translation>
    </message>
    <message>
        <source>It gets only {training} % of its own training windows right: it has not learnt them.</source>
        <translation>학습 윈도우조차 {training} %만 맞힙니다. 아직 배우지 못했습니다.</translation>
    </message>
    <message>
        <source>The loss on windows it has not seen is {ratio:.1f} times that on training windows: it learns the takes by heart.</source>
        <translation>본 적 없는 윈도우의 손실이 학습 윈도우의 {ratio:.1f}배입니다. 테이크를 외우고 있습니다.</translation>
    </message>
    <message>
        <source>The loss on training windows fell only from {first:.3g} to {last:.3g}: it has not learnt them.</source>
        <translation>학습 윈도우의 손실이 {first:.3g}에서 {last:.3g}까지만 줄었습니다. 아직 배우지 못했습니다.</translation>
    </message>
    <message>
        <source>After epoch {epoch} the training loss fell on, while the loss on windows it has not seen rose: from there it learnt the takes by heart.</source>
        <translation>에포크 {epoch} 이후 학습 손실은 계속 줄었지만 본 적 없는 윈도우의 손실은 늘었습니다. 그때부터 테이크를 외웠습니다.</translation>
    </message>
    <message>
        <source>Record more and more varied takes; switch on augmentation; add Dropout, or use a smaller network.</source>
        <translation>더 많고 다양한 테이크를 기록하세요. 데이터 증강을 켜고, Dropout을 추가하거나 더 작은 네트워크를 사용하세요.</translation>
    </message>
    <message>
        <source>The loss was still falling: train for more epochs.</source>
        <translation>손실이 아직 줄고 있었습니다. 에포크를 늘려 학습하세요.</translation>
    </message>
    <message>
        <source>Use a larger network: more layers or more neurons. Or raise the learning rate, and check that the labels are right.</source>
        <translation>레이어나 뉴런을 늘려 더 큰 네트워크를 사용하세요. 또는 학습률을 높이고 라벨이 맞는지 확인하세요.</translation>
    </message>
    <message>
        <source>Training has fewer than {few} windows of {classes}.</source>
        <translation>학습 부분에 {classes}의 윈도우가 {few}개보다 적습니다.</translation>
    </message>
    <message>
        <source>Training has only {count} windows.</source>
        <translation>학습 부분에 윈도우가 {count}개뿐입니다.</translation>
    </message>
    <message>
        <source>Record more takes, or make windows overlap more.</source>
        <translation>테이크를 더 기록하거나 윈도우를 더 많이 겹치게 하세요.</translation>
    </message>
    <message>
        <source>Only {count} windows are held back for validation: its curve jumps, and the best epoch is partly luck.</source>
        <translation>검증용으로 남긴 윈도우가 {count}개뿐이라 곡선이 들쭉날쭉하고, 가장 좋은 에포크도 어느 정도 우연입니다.</translation>
    </message>
    <message>
        <source>Record more takes.</source>
        <translation>테이크를 더 기록하세요.</translation>
    </message>
    <message>
        <source>Training has {most} windows of {common} and {fewest} of {rare}.</source>
        <translation>학습 부분에 {common} 윈도우는 {most}개, {rare} 윈도우는 {fewest}개입니다.</translation>
    </message>
    <message>
        <source>Record more of the rare class, and leave class weights switched on.</source>
        <translation>적은 클래스를 더 기록하고 클래스 가중치를 켠 채로 두세요.</translation>
    </message>
    <message>
        <source>It does about as well on windows it has not seen as on those it has.</source>
        <translation>본 적 없는 윈도우도 본 윈도우와 비슷하게 잘 맞힙니다.</translation>
    </message>
    <message>
        <source>It gets {training} % of the training windows right, and {validation} % of those it has not seen.</source>
        <translation>학습 윈도우는 {training} %, 본 적 없는 윈도우는 {validation} % 맞힙니다.</translation>
    </message>
    <message>
        <source>Convert it, and check it on the board. The test part tells what to expect there.</source>
        <translation>모델을 변환해 보드에서 확인하세요. 보드에서 기대할 수 있는 결과는 테스트 부분이 알려 줍니다.</translation>
    </message>
    <message>
        <source>A label needs at least one sample.</source>
        <translation>라벨에는 샘플이 하나 이상 필요합니다.</translation>
    </message>
    <message>
        <source>The label cannot be cut at sample {at}.</source>
        <translation>샘플 {at}에서 라벨을 나눌 수 없습니다.</translation>
    </message>
    <message>
        <source>It runs from {start} to {stop}.</source>
        <translation>라벨은 {start}에서 {stop}까지입니다.</translation>
    </message>
    <message>
        <source>There is already a class named {name}.</source>
        <translation>이름이 {name}인 클래스가 이미 있습니다.</translation>
    </message>
    <message>
        <source>Merge the two classes if they mean the same.</source>
        <translation>두 클래스가 같은 뜻이라면 병합하세요.</translation>
    </message>
    <message>
        <source>A class cannot be merged with itself.</source>
        <translation>클래스를 자기 자신과 병합할 수 없습니다.</translation>
    </message>
    <message>
        <source>There is already a recording with the id {id}.</source>
        <translation>ID가 {id}인 기록이 이미 있습니다.</translation>
    </message>
    <message>
        <source>A label names a recording that is not being added.</source>
        <translation>추가되지 않는 기록을 가리키는 라벨이 있습니다.</translation>
    </message>
    <message>
        <source>{name} has {count} channels.</source>
        <translation>{name}에는 채널이 {count}개 있습니다.</translation>
    </message>
    <message>
        <source>Names for {count} were given.</source>
        <translation>이름은 {count}개가 주어졌습니다.</translation>
    </message>
    <message>
        <source>Two channels have the same name.</source>
        <translation>두 채널의 이름이 같습니다.</translation>
    </message>
    <message>
        <source>A name needs at least one visible character.</source>
        <translation>이름에는 보이는 문자가 하나 이상 필요합니다.</translation>
    </message>
    <message>
        <source>There is no recording with the id {id}.</source>
        <translation>ID가 {id}인 기록이 없습니다.</translation>
    </message>
    <message>
        <source>The label starts after the end of {name}.</source>
        <translation>라벨이 {name}의 끝보다 뒤에서 시작합니다.</translation>
    </message>
    <message>
        <source>The recording has {length} samples.</source>
        <translation>기록의 샘플은 {length}개입니다.</translation>
    </message>
    <message>
        <source>{value} is no number a network can learn.</source>
        <translation>{value}은(는) 네트워크가 학습할 수 있는 숫자가 아닙니다.</translation>
    </message>
    <message>
        <source>There is no class named {name}.</source>
        <translation>이름이 {name}인 클래스가 없습니다.</translation>
    </message>
    <message>
        <source>The label is no longer there.</source>
        <translation>라벨이 더 이상 없습니다.</translation>
    </message>
    <message>
        <source>The board stopped after {done} of {total} windows.</source>
        <translation>보드가 윈도우 {total}개 중 {done}개를 처리한 뒤 멈췄습니다.</translation>
    </message>
    <message>
        <source>The split in {path} cannot be read.</source>
        <translation>{path}의 분할을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{value} is no part of a split.</source>
        <translation>{value}은(는) 분할의 부분이 아닙니다.</translation>
    </message>
    <message>
        <source>{value} is no number of a recording.</source>
        <translation>{value}은(는) 기록 번호가 아닙니다.</translation>
    </message>
    <message>
        <source>The parts are train, validation, test and gap.</source>
        <translation>사용할 수 있는 부분은 train, validation, test, gap입니다.</translation>
    </message>
    <message>
        <source>Import {count} recordings</source>
        <translation>기록 {count}개 가져오기</translation>
    </message>
    <message>
        <source>There is nothing to import.</source>
        <translation>가져올 것이 없습니다.</translation>
    </message>
    <message>
        <source>No file holds a recording that the split beside it does not leave out.</source>
        <translation>함께 있는 분할 파일이 제외하지 않은 기록이 어느 파일에도 없습니다.</translation>
    </message>
    <message>
        <source>No file to import was named.</source>
        <translation>가져올 파일이 지정되지 않았습니다.</translation>
    </message>
    <message>
        <source>Choose CSV files, or a folder with some.</source>
        <translation>CSV 파일이나 CSV 파일이 들어 있는 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>{count} recordings were left out: the split beside the files says so.</source>
        <translation>파일과 함께 있는 분할에 따라 기록 {count}개가 제외되었습니다.</translation>
    </message>
    <message>
        <source>{file} cannot be read.</source>
        <translation>{file}을(를) 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Give the path of a .tflite file.</source>
        <translation>.tflite 파일의 경로를 지정하세요.</translation>
    </message>
    <message>
        <source>{rate} Hz is no sampling rate.</source>
        <translation>{rate} Hz는 샘플링 속도로 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Give a number above zero, such as 100.</source>
        <translation>100처럼 0보다 큰 숫자를 입력하세요.</translation>
    </message>
    <message>
        <source>{label} is no number to learn.</source>
        <translation>{label}은(는) 학습할 숫자가 아닙니다.</translation>
    </message>
    <message>
        <source>The project&apos;s task is regression.</source>
        <translation>프로젝트의 과제가 회귀입니다.</translation>
    </message>
    <message>
        <source>Give a number as the label, or choose a task with classes.</source>
        <translation>라벨로 숫자를 지정하거나, 클래스가 있는 과제를 선택하세요.</translation>
    </message>
    <message>
        <source>Label two classes, or choose the task with many classes.</source>
        <translation>클래스 두 개에 라벨을 지정하거나, 클래스가 여러 개인 과제를 선택하세요.</translation>
    </message>
    <message>
        <source>A yes-or-no answer needs two classes; labelled: {count}.</source>
        <translation>예/아니요로 답하려면 클래스가 두 개 필요합니다. 라벨이 있는 클래스: {count}개.</translation>
    </message>
    <message>
        <source>There is nothing to tell apart yet: only one class is labelled.</source>
        <translation>아직 구분할 것이 없습니다. 라벨이 있는 클래스가 하나뿐입니다.</translation>
    </message>
    <message>
        <source>There is nothing to tell apart yet: no class is labelled.</source>
        <translation>아직 구분할 것이 없습니다. 라벨이 있는 클래스가 없습니다.</translation>
    </message>
    <message>
        <source>Label recordings of at least two classes.</source>
        <translation>두 개 이상의 클래스에 대해 기록에 라벨을 지정하세요.</translation>
    </message>
    <message>
        <source>No label carries a number to learn.</source>
        <translation>학습할 숫자가 있는 라벨이 없습니다.</translation>
    </message>
    <message>
        <source>Give the labels their number on the Label page.</source>
        <translation>라벨 페이지에서 라벨에 숫자를 지정하세요.</translation>
    </message>
    <message>
        <source>No window of {length} ms shows a label.</source>
        <translation>{length} ms 윈도우 중 라벨이 나타나는 것이 없습니다.</translation>
    </message>
    <message>
        <source>The longest recording has {longest} ms.</source>
        <translation>가장 긴 기록은 {longest} ms입니다.</translation>
    </message>
    <message>
        <source>Choose shorter windows, or label more.</source>
        <translation>윈도우를 짧게 하거나 라벨을 더 지정하세요.</translation>
    </message>
    <message>
        <source>{count} recordings are shorter than a window of {length} ms and give none. Choose shorter windows to use them.</source>
        <translation>기록 {count}개는 {length} ms 윈도우보다 짧아 윈도우를 만들지 못합니다. 이 기록을 사용하려면 윈도우를 짧게 하세요.</translation>
    </message>
    <message>
        <source>Windows that show two labels at once teach neither and are left out: {count}.</source>
        <translation>라벨 두 개가 함께 보이는 윈도우 {count}개는 어느 쪽도 가르치지 못하므로 제외합니다.</translation>
    </message>
    <message>
        <source>{name} must be a whole number.</source>
        <translation>{name}은(는) 정수여야 합니다.</translation>
    </message>
    <message>
        <source>{name} must be a number.</source>
        <translation>{name}은(는) 숫자여야 합니다.</translation>
    </message>
    <message>
        <source>{name} must be one of {choices}.</source>
        <translation>{name}은(는) 다음 중 하나여야 합니다: {choices}.</translation>
    </message>
    <message>
        <source>{name} must be on or off.</source>
        <translation>{name}은(는) 켜짐 또는 꺼짐이어야 합니다.</translation>
    </message>
    <message>
        <source>{name} must be whole numbers parted by commas, such as 30, 6, 1; one of them may be -1.</source>
        <translation>{name}은(는) 30, 6, 1처럼 쉼표로 구분한 정수여야 합니다. 그중 하나는 -1일 수 있습니다.</translation>
    </message>
    <message>
        <source>{name} must be at least {minimum}.</source>
        <translation>{name}은(는) {minimum} 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>{name} must be at most {maximum}.</source>
        <translation>{name}은(는) {maximum} 이하여야 합니다.</translation>
    </message>
    <message>
        <source>This layer has no setting called &quot;{name}&quot;: remove the layer and add it again.</source>
        <translation>이 레이어에는 &quot;{name}&quot; 설정이 없습니다. 레이어를 제거한 다음 다시 추가하세요.</translation>
    </message>
    <message>
        <source>This layer sees one time step at a time. Put Flatten before it to let it see the whole window.</source>
        <translation>이 레이어는 한 번에 시간 스텝 하나만 봅니다. 윈도우 전체를 보게 하려면 앞에 Flatten을 넣으세요.</translation>
    </message>
    <message>
        <source>There is no time left to pool over: {shape} values arrive. Put this layer before Flatten, or remove it.</source>
        <translation>풀링할 시간 축이 남아 있지 않습니다. 들어오는 값: {shape}. 이 레이어를 Flatten 앞에 넣거나 제거하세요.</translation>
    </message>
    <message>
        <source>{size} values arrive ({shape}), and {target} would hold {target_size}. Choose sizes whose product is {size}, or write -1 for one of them.</source>
        <translation>값 {size}개({shape})가 들어오는데 {target}에는 {target_size}개가 들어갑니다. 곱이 {size}인 크기를 선택하거나, 그중 하나에 -1을 쓰세요.</translation>
    </message>
    <message>
        <source>{size} values arrive ({shape}), which cannot be parted evenly by {known}. Choose sizes whose product divides {size}.</source>
        <translation>값 {size}개({shape})가 들어오는데 {known}(으)로 나누어떨어지지 않습니다. 곱이 {size}의 약수가 되는 크기를 선택하세요.</translation>
    </message>
    <message>
        <source>This layer slides along time and needs time × channels, but {shape} arrives. Use its 2D sibling, or Reshape first.</source>
        <translation>이 레이어는 시간을 따라 이동하므로 시간 × 채널이 필요한데 {shape}이(가) 들어옵니다. 같은 종류의 2D 레이어를 사용하거나 먼저 Reshape를 넣으세요.</translation>
    </message>
    <message>
        <source>This layer slides along time, but {shape} flat values arrive. Put it before Flatten, or use Dense.</source>
        <translation>이 레이어는 시간을 따라 이동하는데, 펼쳐진 값 {shape}개가 들어옵니다. Flatten 앞에 넣거나 Dense를 사용하세요.</translation>
    </message>
    <message>
        <source>This layer needs an image of rows × columns × channels, but {shape} arrives. Put Reshape before it, or use its 1D sibling.</source>
        <translation>이 레이어에는 행 × 열 × 채널 형태의 이미지가 필요한데 {shape}이(가) 들어옵니다. 앞에 Reshape를 넣거나 같은 종류의 1D 레이어를 사용하세요.</translation>
    </message>
    <message>
        <source>Stride and dilation cannot both be more than 1: set one of them to 1, and pool afterwards to shorten the signal.</source>
        <translation>스트라이드와 팽창을 둘 다 1보다 크게 할 수 없습니다. 하나를 1로 설정하고, 신호를 줄이려면 뒤에서 풀링하세요.</translation>
    </message>
    <message>
        <source>It spans {reach} values, and only {length} are left here. Make it smaller, choose padding &quot;same&quot;, use longer windows, or remove a pooling layer before it.</source>
        <translation>값 {reach}개에 걸치는데 여기에는 {length}개만 남아 있습니다. 크기를 줄이거나, 패딩을 &quot;same&quot;으로 하거나, 윈도우를 길게 하거나, 앞의 풀링 레이어를 제거하세요.</translation>
    </message>
    <message>
        <source>Only one time step arrives: there is nothing to slide along. Dense does the same.</source>
        <translation>시간 스텝이 하나만 들어와 따라 이동할 축이 없습니다. Dense로도 같은 일을 합니다.</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>학습 레이어</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>풀링</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>형태</translation>
    </message>
    <message>
        <source>Training helpers</source>
        <translation>학습 보조</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>활성화 함수</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>선형</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>시그모이드</translation>
    </message>
    <message>
        <source>Tanh</source>
        <translation>Tanh</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>As the task needs</source>
        <translation>과제에 맞게</translation>
    </message>
    <message>
        <source>What is done to each sum. Linear leaves it; ReLU cuts off what is negative and is the usual choice inside a network; sigmoid squeezes it to 0…1, tanh to −1…1. Softmax turns the last layer&apos;s sums into probabilities that add up to 1. Without a function that bends, stacked layers are no better than one.</source>
        <translation>각 합에 적용하는 함수입니다. 선형은 합을 그대로 둡니다. ReLU는 음수를 잘라 내며 네트워크 안쪽에서 흔히 쓰입니다. 시그모이드는 0…1로, tanh는 −1…1로 압축합니다. Softmax는 마지막 레이어의 합을 모두 더하면 1이 되는 확률로 바꿉니다. 휘어진 함수가 없으면 레이어를 쌓아도 하나보다 나을 것이 없습니다.</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>편향</translation>
    </message>
    <message>
        <source>A learned number added to each sum, so that the answer can differ from zero even where the input is zero. It shifts the point at which a neuron responds.</source>
        <translation>각 합에 더하는 학습된 숫자로, 입력이 0이어도 답이 0이 아닐 수 있게 합니다. 뉴런이 반응하는 지점을 옮깁니다.</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>패딩</translation>
    </message>
    <message>
        <source>&quot;same&quot; adds zeros at the ends, so that the length stays (divided by the stride); &quot;valid&quot; adds nothing and loses what the kernel cannot reach.</source>
        <translation>&quot;same&quot;은 양 끝에 0을 더해 길이를 유지합니다(스트라이드로 나눈 길이). &quot;valid&quot;는 아무것도 더하지 않으므로 커널이 닿지 않는 부분을 잃습니다.</translation>
    </message>
    <message>
        <source>same</source>
        <translation>same</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>valid</translation>
    </message>
    <message>
        <source>&quot;valid&quot; drops an incomplete group at the end; &quot;same&quot; keeps it.</source>
        <translation>&quot;valid&quot;는 끝의 불완전한 그룹을 버리고, &quot;same&quot;은 유지합니다.</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>How many patterns are learned. Each filter makes one output channel that says how much its pattern is present at each place.</source>
        <translation>학습할 패턴의 수입니다. 필터마다 출력 채널이 하나 생기고, 각 위치에 그 패턴이 얼마나 나타나는지를 알려 줍니다.</translation>
    </message>
    <message>
        <source>How many neighbouring values a filter looks at together. Longer kernels see slower patterns and cost more.</source>
        <translation>필터가 함께 보는 이웃한 값의 수입니다. 커널이 길수록 느린 패턴을 볼 수 있지만 비용이 더 듭니다.</translation>
    </message>
    <message>
        <source>How far the kernel moves from one place to the next. 2 halves the length, and the work.</source>
        <translation>커널이 한 위치에서 다음 위치로 이동하는 거리입니다. 2이면 길이와 계산량이 절반이 됩니다.</translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation>팽창</translation>
    </message>
    <message>
        <source>Gap between the values a filter looks at: 2 looks at every other one, so that a short kernel spans a long time at no cost.</source>
        <translation>필터가 보는 값 사이의 간격입니다. 2이면 하나씩 건너뛰며 보므로 짧은 커널이 추가 비용 없이 긴 시간을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>How many neighbouring values become one.</source>
        <translation>하나로 합쳐지는 이웃한 값의 수입니다.</translation>
    </message>
    <message>
        <source>Same as the group</source>
        <translation>그룹과 같게</translation>
    </message>
    <message>
        <source>How far the group moves. Left empty, the groups do not overlap.</source>
        <translation>그룹이 이동하는 거리입니다. 비워 두면 그룹이 겹치지 않습니다.</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>그룹</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>스트라이드</translation>
    </message>
    <message>
        <source>Group height</source>
        <translation>그룹 높이</translation>
    </message>
    <message>
        <source>Group width</source>
        <translation>그룹 너비</translation>
    </message>
    <message>
        <source>Stride, rows</source>
        <translation>스트라이드(행)</translation>
    </message>
    <message>
        <source>Stride, columns</source>
        <translation>스트라이드(열)</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>Dense</translation>
    </message>
    <message>
        <source>Every neuron looks at every input: it multiplies each by a weight, adds them up with a bias, and applies the activation. Parameters: inputs × neurons weights, and one bias for each neuron.</source>
        <translation>모든 뉴런이 모든 입력을 봅니다. 각 입력에 가중치를 곱하고, 편향과 함께 더한 다음 활성화 함수를 적용합니다. 파라미터: 입력 × 뉴런 개의 가중치와 뉴런마다 하나의 편향.</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>뉴런</translation>
    </message>
    <message>
        <source>How many answers the layer gives. The last layer needs one per output.</source>
        <translation>레이어가 내는 답의 수입니다. 마지막 레이어에는 출력마다 하나씩 필요합니다.</translation>
    </message>
    <message>
        <source>As many as the task has outputs</source>
        <translation>과제의 출력 수만큼</translation>
    </message>
    <message>
        <source>Conv1D</source>
        <translation>Conv1D</translation>
    </message>
    <message>
        <source>Slides short patterns along time and reports where each fits. The same weights serve every moment, so a gesture is found wherever in the window it happens, with few parameters.</source>
        <translation>짧은 패턴을 시간을 따라 움직이며 맞는 위치를 알려 줍니다. 같은 가중치를 모든 순간에 쓰므로, 동작이 윈도우의 어디에 있든 적은 파라미터로 찾아냅니다.</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>커널</translation>
    </message>
    <message>
        <source>Separable Conv1D</source>
        <translation>Separable Conv1D</translation>
    </message>
    <message>
        <source>A Conv1D in two cheaper steps: first a filter along time for each channel alone (depthwise), then a mix of the channels at each moment (pointwise). Often as good with a fraction of the work.</source>
        <translation>Conv1D를 더 가벼운 두 단계로 나눈 것입니다. 먼저 채널마다 따로 시간을 따라 필터를 적용하고(depthwise), 다음으로 순간마다 채널을 섞습니다(pointwise). 훨씬 적은 계산으로 비슷한 성능을 내는 경우가 많습니다.</translation>
    </message>
    <message>
        <source>Depth multiplier</source>
        <translation>깊이 배수</translation>
    </message>
    <message>
        <source>How many filters along time each channel gets in the first step.</source>
        <translation>첫 단계에서 채널마다 시간을 따라 적용할 필터의 수입니다.</translation>
    </message>
    <message>
        <source>Conv2D</source>
        <translation>Conv2D</translation>
    </message>
    <message>
        <source>Slides patterns over rows and columns. On sensor data the rows are time and the columns channels: Reshape to time × channels × 1 first. It suits many alike channels, such as an array of sensors.</source>
        <translation>패턴을 행과 열을 따라 움직입니다. 센서 데이터에서는 행이 시간이고 열이 채널입니다. 먼저 Reshape로 시간 × 채널 × 1로 바꾸세요. 센서 배열처럼 비슷한 채널이 많을 때 알맞습니다.</translation>
    </message>
    <message>
        <source>Kernel height</source>
        <translation>커널 높이</translation>
    </message>
    <message>
        <source>Kernel width</source>
        <translation>커널 너비</translation>
    </message>
    <message>
        <source>Max pooling</source>
        <translation>최대 풀링</translation>
    </message>
    <message>
        <source>Keeps the largest of neighbouring values: shortens the signal and no longer minds whether a pattern came a little earlier or later. Nothing to learn.</source>
        <translation>이웃한 값 중 가장 큰 값을 남깁니다. 신호가 짧아지고, 패턴이 조금 일찍 오거나 늦게 와도 영향을 받지 않습니다. 학습할 것은 없습니다.</translation>
    </message>
    <message>
        <source>Average pooling</source>
        <translation>평균 풀링</translation>
    </message>
    <message>
        <source>Keeps the mean of neighbouring values: shortens the signal and smooths noise.</source>
        <translation>이웃한 값의 평균을 남깁니다. 신호가 짧아지고 잡음이 줄어듭니다.</translation>
    </message>
    <message>
        <source>Max pooling 2D</source>
        <translation>최대 풀링 2D</translation>
    </message>
    <message>
        <source>Keeps the largest value of each block of rows and columns. Nothing to learn.</source>
        <translation>행과 열 블록마다 가장 큰 값을 남깁니다. 학습할 것은 없습니다.</translation>
    </message>
    <message>
        <source>Average pooling 2D</source>
        <translation>평균 풀링 2D</translation>
    </message>
    <message>
        <source>Keeps the mean of each block of rows and columns. Nothing to learn.</source>
        <translation>행과 열 블록마다 평균을 남깁니다. 학습할 것은 없습니다.</translation>
    </message>
    <message>
        <source>Global average pooling</source>
        <translation>전역 평균 풀링</translation>
    </message>
    <message>
        <source>The mean of each channel over the whole window: one number a filter, whatever the length. A cheap step from convolutions to the last Dense layer.</source>
        <translation>윈도우 전체에 대한 각 채널의 평균입니다. 길이와 관계없이 필터마다 숫자 하나가 됩니다. 합성곱에서 마지막 Dense 레이어로 넘어가는 가벼운 단계입니다.</translation>
    </message>
    <message>
        <source>Global max pooling</source>
        <translation>전역 최대 풀링</translation>
    </message>
    <message>
        <source>The largest value of each channel over the whole window: how well each pattern fitted where it fitted best.</source>
        <translation>윈도우 전체에서 각 채널의 가장 큰 값입니다. 각 패턴이 가장 잘 맞은 곳에서 얼마나 잘 맞았는지를 나타냅니다.</translation>
    </message>
    <message>
        <source>Reshape</source>
        <translation>Reshape</translation>
    </message>
    <message>
        <source>Arranges the same values in another shape, for example as an image for Conv2D.</source>
        <translation>같은 값을 다른 형태(shape)로 배열합니다. 예를 들어 Conv2D에 넣을 이미지로 바꿉니다.</translation>
    </message>
    <message>
        <source>The sizes, parted by commas: 30, 6, 1. Write -1 for one of them to have it worked out. Left empty, the input becomes an image with one channel.</source>
        <translation>크기를 쉼표로 구분해 적으세요: 30, 6, 1. 그중 하나를 -1로 적으면 자동으로 계산합니다. 비워 두면 입력이 채널 하나짜리 이미지가 됩니다.</translation>
    </message>
    <message>
        <source>As an image with one channel</source>
        <translation>채널 하나짜리 이미지로</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>Flatten</translation>
    </message>
    <message>
        <source>Puts all values in one row, so that a Dense layer sees the whole window. Nothing to learn, and nothing is lost but the order in time, which Dense learns anew.</source>
        <translation>모든 값을 한 줄로 펼쳐 Dense 레이어가 윈도우 전체를 보게 합니다. 학습할 것이 없고, 시간 순서 외에는 잃는 것도 없습니다. 그 순서는 Dense가 새로 학습합니다.</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>While training, sets a random share of the values to zero, so that the network cannot lean on any single one. Helps against overfitting; does nothing on the board.</source>
        <translation>학습하는 동안 값의 일부를 무작위로 골라 0으로 만들어, 네트워크가 어느 한 값에만 의존하지 못하게 합니다. 과적합을 막는 데 도움이 되며, 보드에서는 아무 일도 하지 않습니다.</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>The share that is dropped in each step. 0.2 to 0.5 is usual.</source>
        <translation>각 단계에서 버리는 값의 비율입니다. 보통 0.2에서 0.5를 씁니다.</translation>
    </message>
    <message>
        <source>Batch normalisation</source>
        <translation>배치 정규화</translation>
    </message>
    <message>
        <source>Brings each channel to mean 0 and deviation 1 over a batch, then rescales it by two learned numbers: training is faster and steadier. Two more numbers a channel (mean and variance) are measured, not learned: they count as non-trainable.</source>
        <translation>각 채널을 배치 안에서 평균 0, 표준편차 1로 맞춘 다음, 학습한 두 수로 스케일을 다시 조정합니다. 학습이 더 빠르고 안정적입니다. 채널마다 두 수(평균과 분산)가 더 있지만, 이 둘은 학습하지 않고 측정하므로 학습되지 않는 파라미터로 셉니다.</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>모멘텀</translation>
    </message>
    <message>
        <source>How slowly the measured mean and variance follow the batches. With few batches an epoch, 0.9 keeps up where 0.99 lags behind.</source>
        <translation>측정한 평균과 분산이 배치를 얼마나 천천히 따라가는지를 정합니다. 에포크당 배치가 적으면 0.99는 뒤처지지만 0.9는 따라갑니다.</translation>
    </message>
    <message>
        <source>Applies a function to each value. Nothing to learn.</source>
        <translation>각 값에 함수를 적용합니다. 학습할 것이 없습니다.</translation>
    </message>
    <message>
        <source>This studio has no layer called &quot;{kind}&quot;: remove it, or open the project with the version that made it.</source>
        <translation>이 스튜디오에는 &quot;{kind}&quot; 레이어가 없습니다. 레이어를 제거하거나, 이 프로젝트를 만든 버전으로 여세요.</translation>
    </message>
    <message>
        <source>{file} is no JSON.</source>
        <translation>{file}은(는) JSON이 아닙니다.</translation>
    </message>
    <message>
        <source>{file} holds no recordings.</source>
        <translation>{file}에 기록이 없습니다.</translation>
    </message>
    <message>
        <source>It is no export of data samples from micro:bit CreateAI.</source>
        <translation>micro:bit CreateAI에서 내보낸 데이터 샘플이 아닙니다.</translation>
    </message>
    <message>
        <source>Save the recordings as CSV, then import that.</source>
        <translation>기록을 CSV로 저장한 다음 그 파일을 가져오세요.</translation>
    </message>
    <message>
        <source>There is no layer yet: add one, or start from a preset.</source>
        <translation>아직 레이어가 없습니다. 레이어를 추가하거나 프리셋에서 시작하세요.</translation>
    </message>
    <message>
        <source>The network ends in {shape} values, not in one row of answers. Put Flatten or a global pooling before the last Dense layer.</source>
        <translation>네트워크가 한 줄의 답이 아니라 {shape} 형태의 값으로 끝납니다. 마지막 Dense 레이어 앞에 Flatten이나 전역 풀링을 넣으세요.</translation>
    </message>
    <message>
        <source>The network gives {given} answers and the task needs {needed}. End with a Dense layer of {needed} neurons.</source>
        <translation>네트워크가 내는 답은 {given}개인데, 과제에 필요한 답은 {needed}개입니다. 뉴런이 {needed}개인 Dense 레이어로 끝내세요.</translation>
    </message>
    <message>
        <source>Choosing among classes needs probabilities that add up to 1: end with the activation softmax, not {activation}.</source>
        <translation>클래스 중에서 고르려면 합이 1인 확률이 필요합니다. {activation} 대신 활성화 함수 softmax로 끝내세요.</translation>
    </message>
    <message>
        <source>A yes-or-no answer is a probability from 0 to 1: end with the activation sigmoid, not {activation}.</source>
        <translation>예/아니요 답은 0에서 1 사이의 확률입니다. {activation} 대신 활성화 함수 sigmoid로 끝내세요.</translation>
    </message>
    <message>
        <source>A number may have any size: end with the activation linear, not {activation}.</source>
        <translation>수는 어떤 크기든 될 수 있습니다. {activation} 대신 활성화 함수 linear로 끝내세요.</translation>
    </message>
    <message>
        <source>There is nothing to train on.</source>
        <translation>학습할 데이터가 없습니다.</translation>
    </message>
    <message>
        <source>No window lies in the training part.</source>
        <translation>학습 부분에 든 윈도우가 없습니다.</translation>
    </message>
    <message>
        <source>Add recordings, or change the split.</source>
        <translation>기록을 추가하거나 분할을 바꾸세요.</translation>
    </message>
    <message>
        <source>A board cannot hold values as large as {largest}.</source>
        <translation>보드는 {largest}만큼 큰 값을 담을 수 없습니다.</translation>
    </message>
    <message>
        <source>Record the channel in a larger unit, for example kPa in place of Pa.</source>
        <translation>채널을 더 큰 단위로 기록하세요. 예를 들어 Pa 대신 kPa를 쓰세요.</translation>
    </message>
    <message>
        <source>A board cannot tell values as small as {largest} apart.</source>
        <translation>보드는 {largest}처럼 작은 값을 구분할 수 없습니다.</translation>
    </message>
    <message>
        <source>Record the channel in a smaller unit, for example mV in place of V.</source>
        <translation>채널을 더 작은 단위로 기록하세요. 예: V 대신 mV.</translation>
    </message>
    <message>
        <source>Perceptron</source>
        <translation>퍼셉트론</translation>
    </message>
    <message>
        <source>One layer: a weighted sum of every value. It learns what a straight line can part, such as AND and OR, but not XOR.</source>
        <translation>레이어 하나: 모든 값의 가중합입니다. AND와 OR처럼 직선으로 나눌 수 있는 것은 학습하지만, XOR는 학습하지 못합니다.</translation>
    </message>
    <message>
        <source>Multi-layer perceptron</source>
        <translation>다층 퍼셉트론</translation>
    </message>
    <message>
        <source>Two hidden Dense layers over the whole window. A good start for short windows and tables.</source>
        <translation>윈도우 전체를 보는 은닉 Dense 레이어 두 개입니다. 짧은 윈도우와 표 데이터를 시작하기에 좋습니다.</translation>
    </message>
    <message>
        <source>Small CNN</source>
        <translation>작은 CNN</translation>
    </message>
    <message>
        <source>Two short convolutions along time: finds patterns wherever in the window they happen, with few parameters. A good start for movement and vibration.</source>
        <translation>시간 축을 따라가는 짧은 합성곱 두 개입니다. 윈도우의 어디에서 나타나든 적은 파라미터로 패턴을 찾습니다. 움직임과 진동을 시작하기에 좋습니다.</translation>
    </message>
    <message>
        <source>Larger CNN</source>
        <translation>큰 CNN</translation>
    </message>
    <message>
        <source>Three convolutions with batch normalisation: for more classes or subtler patterns, at several times the work.</source>
        <translation>배치 정규화를 쓰는 합성곱 세 개입니다. 클래스가 더 많거나 패턴이 더 미묘할 때 쓰며, 계산량은 몇 배로 늘어납니다.</translation>
    </message>
    <message>
        <source>A project cannot be made in {folder}.</source>
        <translation>{folder}에 프로젝트를 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>The folder is not empty.</source>
        <translation>폴더가 비어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder.</source>
        <translation>새 폴더나 빈 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no project in {folder}.</source>
        <translation>{folder}에 프로젝트가 없습니다.</translation>
    </message>
    <message>
        <source>It has no project.json.</source>
        <translation>project.json이 없습니다.</translation>
    </message>
    <message>
        <source>Choose a project&apos;s own folder, or make a new project.</source>
        <translation>프로젝트 폴더 자체를 선택하거나 새 프로젝트를 만드세요.</translation>
    </message>
    <message>
        <source>The project in {folder} cannot be read.</source>
        <translation>{folder}의 프로젝트를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The samples of {name} cannot be read.</source>
        <translation>{name}의 샘플을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Restore {file} from a backup, or remove the recording.</source>
        <translation>백업에서 {file}을(를) 복원하거나 기록을 제거하세요.</translation>
    </message>
    <message>
        <source>The file holds other samples than the project says.</source>
        <translation>파일에 든 샘플이 프로젝트의 내용과 다릅니다.</translation>
    </message>
    <message>
        <source>Add recording {name}</source>
        <translation>기록 {name} 추가</translation>
    </message>
    <message>
        <source>The recording cannot be stored in {folder}.</source>
        <translation>{folder}에 기록을 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>The project was not saved.</source>
        <translation>프로젝트가 저장되지 않았습니다.</translation>
    </message>
    <message>
        <source>Another window or command has changed it since it was opened here.</source>
        <translation>여기서 연 뒤에 다른 창이나 명령이 프로젝트를 바꿨습니다.</translation>
    </message>
    <message>
        <source>Open it again to go on from there, or save over it.</source>
        <translation>다시 열어 그 내용에서 이어 가거나, 덮어써서 저장하세요.</translation>
    </message>
    <message>
        <source>{name} cannot be added.</source>
        <translation>{name}을(를) 추가할 수 없습니다.</translation>
    </message>
    <message>
        <source>It has no samples, or not one value for each channel.</source>
        <translation>샘플이 없거나, 값의 개수가 채널 수와 맞지 않습니다.</translation>
    </message>
    <message>
        <source>It has no sampling rate that can be.</source>
        <translation>샘플링 속도가 있을 수 없는 값입니다.</translation>
    </message>
    <message>
        <source>Some of its values are no numbers.</source>
        <translation>값 중 일부가 수가 아닙니다.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>디스크가 가득 찼습니다.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>공간을 확보한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>You may not write there.</source>
        <translation>그 위치에 쓸 권한이 없습니다.</translation>
    </message>
    <message>
        <source>Change the folder&apos;s permissions, or use another one.</source>
        <translation>폴더의 권한을 바꾸거나 다른 폴더를 사용하세요.</translation>
    </message>
    <message>
        <source>It does not say which version it is.</source>
        <translation>어느 버전인지 적혀 있지 않습니다.</translation>
    </message>
    <message>
        <source>The project was made by a newer Tinywright.</source>
        <translation>더 새로운 Tinywright에서 만든 프로젝트입니다.</translation>
    </message>
    <message>
        <source>Its format is version {found}; this studio knows {known}.</source>
        <translation>형식 버전은 {found}인데, 이 스튜디오가 아는 버전은 {known}입니다.</translation>
    </message>
    <message>
        <source>Update Tinywright, then open the project again.</source>
        <translation>Tinywright를 업데이트한 다음 프로젝트를 다시 여세요.</translation>
    </message>
    <message>
        <source>It is not a proper version {version}: {reason}.</source>
        <translation>올바른 버전 {version} 형식이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>It holds more or less than a project does.</source>
        <translation>프로젝트에 있어야 할 것보다 많거나 적은 내용이 들어 있습니다.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be used.</source>
        <translation>{path}의 설정을 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>It is no JSON: {reason}.</source>
        <translation>JSON이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>Write all that “settings --json” prints, and change what you want.</source>
        <translation>“settings --json”이 출력한 내용을 모두 적고 원하는 값만 바꾸세요.</translation>
    </message>
    <message>
        <source>The folder is not a Tinywright project.</source>
        <translation>이 폴더는 Tinywright 프로젝트가 아닙니다.</translation>
    </message>
    <message>
        <source>Its project.json belongs to something else.</source>
        <translation>이 폴더의 project.json은 다른 프로그램의 것입니다.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>다른 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>The project cannot be opened: its project.json is damaged.</source>
        <translation>프로젝트를 열 수 없습니다. project.json이 손상되었습니다.</translation>
    </message>
    <message>
        <source>Nothing was changed. Restore project.json from a backup; the recordings are beside it.</source>
        <translation>아무것도 바뀌지 않았습니다. 백업에서 project.json을 복원하세요. 기록은 그 옆에 그대로 있습니다.</translation>
    </message>
    <message>
        <source>{id} cannot be the id of a recording.</source>
        <translation>{id}은(는) 기록의 ID가 될 수 없습니다.</translation>
    </message>
    <message>
        <source>The recording {id} has no channels, samples or rate.</source>
        <translation>기록 {id}에 채널, 샘플 또는 샘플링 속도가 없습니다.</translation>
    </message>
    <message>
        <source>The recording {id} has two channels {name}.</source>
        <translation>기록 {id}에 {name} 채널이 두 개 있습니다.</translation>
    </message>
    <message>
        <source>The name of a class or channel is no text.</source>
        <translation>클래스나 채널의 이름이 텍스트가 아닙니다.</translation>
    </message>
    <message>
        <source>{name} is there twice.</source>
        <translation>{name}이(가) 두 번 있습니다.</translation>
    </message>
    <message>
        <source>A class has a colour below zero.</source>
        <translation>색이 0보다 작은 클래스가 있습니다.</translation>
    </message>
    <message>
        <source>A label lies on a recording that is not there: {id}.</source>
        <translation>존재하지 않는 기록에 라벨이 붙어 있습니다: {id}.</translation>
    </message>
    <message>
        <source>The labels of recording {id} overlap or pass its end.</source>
        <translation>기록 {id}의 라벨이 서로 겹치거나 기록의 끝을 넘습니다.</translation>
    </message>
    <message>
        <source>A label names a class that is not there: {name}.</source>
        <translation>존재하지 않는 클래스를 가리키는 라벨이 있습니다: {name}.</translation>
    </message>
    <message>
        <source>A label says {value}, which is no number to learn.</source>
        <translation>라벨의 값이 {value}인데, 학습할 수 있는 수가 아닙니다.</translation>
    </message>
    <message>
        <source>The times do not run forwards.</source>
        <translation>시각이 앞으로 진행하지 않습니다.</translation>
    </message>
    <message>
        <source>The sampling rate cannot be told.</source>
        <translation>샘플링 속도를 알 수 없습니다.</translation>
    </message>
    <message>
        <source>All times are the same.</source>
        <translation>모든 시각이 같습니다.</translation>
    </message>
    <message>
        <source>Cut the recording where its clock was reset.</source>
        <translation>시계가 초기화된 곳에서 기록을 자르세요.</translation>
    </message>
    <message>
        <source>Nothing was measured for {seconds:.0f} s.</source>
        <translation>{seconds:.0f} s 동안 측정한 값이 없습니다.</translation>
    </message>
    <message>
        <source>Cut the recording there.</source>
        <translation>그곳에서 기록을 자르세요.</translation>
    </message>
    <message>
        <source>A recording at {from_hz:g} Hz cannot be used.</source>
        <translation>{from_hz:g} Hz 기록은 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>At {to_hz:g} Hz, as the data set has it, it would fill the memory.</source>
        <translation>데이터 세트의 속도인 {to_hz:g} Hz로 바꾸면 메모리가 가득 찹니다.</translation>
    </message>
    <message>
        <source>Remove the recording, or import it again with its right rate.</source>
        <translation>기록을 제거하거나, 올바른 샘플링 속도로 다시 가져오세요.</translation>
    </message>
    <message>
        <source>{id} cannot be the id of a run.</source>
        <translation>{id}은(는) 학습 실행의 ID가 될 수 없습니다.</translation>
    </message>
    <message>
        <source>The run {id} cannot be saved.</source>
        <translation>학습 실행 {id}을(를) 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>Make room on the disk, or choose a folder that can be written.</source>
        <translation>디스크 공간을 확보하거나, 쓸 수 있는 폴더를 선택하세요.</translation>
    </message>
    <message>
        <source>There is no run {id}.</source>
        <translation>학습 실행 {id}이(가) 없습니다.</translation>
    </message>
    <message>
        <source>Train the network first.</source>
        <translation>먼저 네트워크를 학습시키세요.</translation>
    </message>
    <message>
        <source>The run {id} cannot be deleted.</source>
        <translation>학습 실행 {id}을(를) 삭제할 수 없습니다.</translation>
    </message>
    <message>
        <source>Close what still uses its files, then delete it again.</source>
        <translation>그 파일을 아직 쓰고 있는 것을 닫은 다음 다시 삭제하세요.</translation>
    </message>
    <message>
        <source>Its run.json belongs to something else.</source>
        <translation>이 폴더의 run.json은 다른 프로그램의 것입니다.</translation>
    </message>
    <message>
        <source>It says that it is the run {id}.</source>
        <translation>학습 실행 {id}(이)라고 적혀 있습니다.</translation>
    </message>
    <message>
        <source>Its channels and their normalisation do not match.</source>
        <translation>채널과 채널의 정규화가 서로 맞지 않습니다.</translation>
    </message>
    <message>
        <source>The run {id} cannot be read.</source>
        <translation>학습 실행 {id}을(를) 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Nothing was changed. Train again, or delete the run.</source>
        <translation>아무것도 바뀌지 않았습니다. 다시 학습시키거나 이 실행을 삭제하세요.</translation>
    </message>
    <message>
        <source>Set up the gate</source>
        <translation>게이트 설정</translation>
    </message>
    <message>
        <source>Truth table</source>
        <translation>진리표</translation>
    </message>
    <message>
        <source>Logic gate AND</source>
        <translation>논리 게이트 AND</translation>
    </message>
    <message>
        <source>1 only where both inputs are 1. A perceptron learns it.</source>
        <translation>두 입력이 모두 1일 때만 1입니다. 퍼셉트론으로 학습할 수 있습니다.</translation>
    </message>
    <message>
        <source>Logic gate OR</source>
        <translation>논리 게이트 OR</translation>
    </message>
    <message>
        <source>1 where at least one input is 1. A perceptron learns it.</source>
        <translation>입력 중 하나라도 1이면 1입니다. 퍼셉트론으로 학습할 수 있습니다.</translation>
    </message>
    <message>
        <source>Logic gate NAND</source>
        <translation>논리 게이트 NAND</translation>
    </message>
    <message>
        <source>AND turned round: 0 only where both inputs are 1. A perceptron learns it.</source>
        <translation>AND를 뒤집은 것으로, 두 입력이 모두 1일 때만 0입니다. 퍼셉트론으로 학습할 수 있습니다.</translation>
    </message>
    <message>
        <source>Logic gate XOR, with a perceptron</source>
        <translation>논리 게이트 XOR, 퍼셉트론</translation>
    </message>
    <message>
        <source>1 where the inputs differ. No straight line parts these points: see a perceptron fail, then add a hidden layer on the Design page.</source>
        <translation>두 입력이 다르면 1입니다. 어떤 직선으로도 이 점들을 나눌 수 없습니다. 퍼셉트론이 실패하는 것을 본 다음, 설계 페이지에서 은닉 레이어를 추가하세요.</translation>
    </message>
    <message>
        <source>Logic gate XOR, with a hidden layer</source>
        <translation>논리 게이트 XOR, 은닉 레이어</translation>
    </message>
    <message>
        <source>1 where the inputs differ. One hidden layer bends the line, and learns it.</source>
        <translation>두 입력이 다르면 1입니다. 은닉 레이어 하나가 선을 구부려 학습해 냅니다.</translation>
    </message>
    <message>
        <source>The language of the window.</source>
        <translation>창의 언어입니다.</translation>
    </message>
    <message>
        <source>Light or dark.</source>
        <translation>밝게 또는 어둡게.</translation>
    </message>
    <message>
        <source>Folders of the projects opened last, newest first.</source>
        <translation>최근에 연 프로젝트의 폴더이며, 최신 순입니다.</translation>
    </message>
    <message>
        <source>The port used last; empty for the simulated board.</source>
        <translation>마지막으로 사용한 포트입니다. 가상 보드이면 비어 있습니다.</translation>
    </message>
    <message>
        <source>The speed of a serial port, in baud.</source>
        <translation>직렬 포트의 속도이며, 단위는 baud입니다.</translation>
    </message>
    <message>
        <source>The rate given last for files without a clock, in samples a second.</source>
        <translation>시간 정보가 없는 파일에 마지막으로 입력한 초당 샘플 수입니다.</translation>
    </message>
    <message>
        <source>Place and size of the window, as Qt keeps them.</source>
        <translation>창의 위치와 크기이며, Qt가 저장하는 형식입니다.</translation>
    </message>
    <message>
        <source>How the window is divided, as Qt keeps it.</source>
        <translation>창의 분할 상태이며, Qt가 저장하는 형식입니다.</translation>
    </message>
    <message>
        <source>The page that was shown last.</source>
        <translation>마지막으로 표시한 페이지입니다.</translation>
    </message>
    <message>
        <source>The settings in {path} cannot be read: {reason}. The defaults are used.</source>
        <translation>{path}의 설정을 읽을 수 없습니다: {reason}. 기본값을 사용합니다.</translation>
    </message>
    <message>
        <source>The settings in {path} are damaged. The defaults are used.</source>
        <translation>{path}의 설정이 손상되었습니다. 기본값을 사용합니다.</translation>
    </message>
    <message>
        <source>These settings in {path} make no sense, and have their defaults: {names}.</source>
        <translation>{path}의 다음 설정은 올바르지 않아 기본값을 사용합니다: {names}.</translation>
    </message>
    <message>
        <source>Choose one of {choices}.</source>
        <translation>{choices} 중에서 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {path}.</source>
        <translation>{path}에 설정을 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>Check that the disk is not full and the folder may be written.</source>
        <translation>디스크가 가득 차지 않았는지, 폴더에 쓸 수 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>A window and its stride must be longer than 0 ms.</source>
        <translation>윈도우와 스트라이드는 0 ms보다 길어야 합니다.</translation>
    </message>
    <message>
        <source>Choose a length such as 2000 ms.</source>
        <translation>2000 ms와 같은 길이를 선택하세요.</translation>
    </message>
    <message>
        <source>The project was not exported to {file}.</source>
        <translation>프로젝트를 {file}(으)로 내보내지 못했습니다.</translation>
    </message>
    <message>
        <source>{file} was not imported.</source>
        <translation>{file}을(를) 가져오지 못했습니다.</translation>
    </message>
    <message>
        <source>The folder {folder} is not empty.</source>
        <translation>{folder} 폴더가 비어 있지 않습니다.</translation>
    </message>
    <message>
        <source>It is damaged or no archive of a project.</source>
        <translation>손상되었거나 프로젝트 압축 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>It holds too many files.</source>
        <translation>파일이 너무 많이 들어 있습니다.</translation>
    </message>
    <message>
        <source>It holds a file twice.</source>
        <translation>같은 파일이 두 번 들어 있습니다.</translation>
    </message>
    <message>
        <source>Unpacked, it would fill more than {size} bytes.</source>
        <translation>압축을 풀면 {size}바이트를 넘습니다.</translation>
    </message>
    <message>
        <source>It holds “{name}”, which no project has.</source>
        <translation>프로젝트에 있을 수 없는 “{name}”이(가) 들어 있습니다.</translation>
    </message>
    <message>
        <source>Ask its sender to export the project again.</source>
        <translation>보낸 사람에게 프로젝트를 다시 내보내 달라고 요청하세요.</translation>
    </message>
    <message>
        <source>Its format version is not known to the engine.</source>
        <translation>엔진이 모르는 형식 버전입니다.</translation>
    </message>
    <message>
        <source>It is not as long as it says.</source>
        <translation>적혀 있는 길이와 실제 길이가 다릅니다.</translation>
    </message>
    <message>
        <source>It is damaged: a check sum is wrong.</source>
        <translation>손상되었습니다. 체크섬이 맞지 않습니다.</translation>
    </message>
    <message>
        <source>One of its sections is missing, misplaced or malformed.</source>
        <translation>섹션 하나가 없거나, 자리가 잘못되었거나, 형식에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>It needs an operator or a packing that the engine does not have.</source>
        <translation>엔진에 없는 연산자나 가중치 배열이 필요합니다.</translation>
    </message>
    <message>
        <source>An operator has an argument that is out of range.</source>
        <translation>연산자의 인수가 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>An operator would leave its memory.</source>
        <translation>연산자가 자기 메모리를 벗어나게 됩니다.</translation>
    </message>
    <message>
        <source>An operator would overwrite what it still reads.</source>
        <translation>연산자가 아직 읽고 있는 값을 덮어쓰게 됩니다.</translation>
    </message>
    <message>
        <source>Something in it is not aligned as it must be.</source>
        <translation>정렬되어야 할 것이 정렬되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>It needs more memory than it asks for.</source>
        <translation>요청한 것보다 많은 메모리가 필요합니다.</translation>
    </message>
    <message>
        <source>It needs more memory than there is.</source>
        <translation>있는 것보다 많은 메모리가 필요합니다.</translation>
    </message>
    <message>
        <source>This board program cannot be run.</source>
        <translation>이 보드 프로그램은 실행할 수 없습니다.</translation>
    </message>
    <message>
        <source>Compile it again.</source>
        <translation>다시 컴파일하세요.</translation>
    </message>
    <message>
        <source>Its network takes {network} values, a window has {window}.</source>
        <translation>네트워크가 받는 값은 {network}개인데, 윈도우의 값은 {window}개입니다.</translation>
    </message>
    <message>
        <source>One of its inputs is missing.</source>
        <translation>입력 하나가 없습니다.</translation>
    </message>
    <message>
        <source>It has more than one output.</source>
        <translation>출력이 둘 이상입니다.</translation>
    </message>
    <message>
        <source>The layer “{name}” ({operator}) cannot run on a board.</source>
        <translation>레이어 “{name}”({operator})은(는) 보드에서 실행할 수 없습니다.</translation>
    </message>
    <message>
        <source>“{tensor}” is {type}, not quantised int8.</source>
        <translation>“{tensor}”의 형식은 {type}이며 양자화된 int8이 아닙니다.</translation>
    </message>
    <message>
        <source>The activation {name} cannot be fused.</source>
        <translation>활성화 함수 {name}은(는) 레이어에 합칠 수 없습니다.</translation>
    </message>
    <message>
        <source>Use ReLU or ReLU6, or an activation layer of its own.</source>
        <translation>ReLU나 ReLU6, 또는 별도의 활성화 레이어를 사용하세요.</translation>
    </message>
    <message>
        <source>Its input and output are not quantised alike.</source>
        <translation>입력과 출력의 양자화가 서로 다릅니다.</translation>
    </message>
    <message>
        <source>Convert the network again.</source>
        <translation>네트워크를 다시 변환하세요.</translation>
    </message>
    <message>
        <source>“{tensor}” must be a constant.</source>
        <translation>“{tensor}”은(는) 상수여야 합니다.</translation>
    </message>
    <message>
        <source>Convert the network with fixed shapes and weights.</source>
        <translation>모양과 가중치를 고정하여 네트워크를 변환하세요.</translation>
    </message>
    <message>
        <source>Its arguments are not whole numbers.</source>
        <translation>인수가 정수가 아닙니다.</translation>
    </message>
    <message>
        <source>“{tensor}” is no image of four axes and a batch of one.</source>
        <translation>“{tensor}”은(는) 축이 넷이고 배치가 1인 이미지가 아닙니다.</translation>
    </message>
    <message>
        <source>Convert the network with a batch of one.</source>
        <translation>배치를 1로 하여 네트워크를 변환하세요.</translation>
    </message>
    <message>
        <source>“{tensor}” is a constant or not computed before.</source>
        <translation>“{tensor}”은(는) 상수이거나 앞에서 계산되지 않았습니다.</translation>
    </message>
    <message>
        <source>“{tensor}” is too large or computed twice.</source>
        <translation>“{tensor}”은(는) 너무 크거나 두 번 계산됩니다.</translation>
    </message>
    <message>
        <source>{file} was not written.</source>
        <translation>{file}을(를) 쓰지 못했습니다.</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>다른 폴더를 선택하거나 공간을 확보하세요.</translation>
    </message>
    <message>
        <source>There is no board “{board}”.</source>
        <translation>“{board}” 보드가 없습니다.</translation>
    </message>
    <message>
        <source>Choose one of: {boards}.</source>
        <translation>다음 중 하나를 선택하세요: {boards}.</translation>
    </message>
    <message>
        <source>Connecting to the board</source>
        <translation>보드에 연결하는 중</translation>
    </message>
    <message>
        <source>Waking the boot loader</source>
        <translation>부트로더를 깨우는 중</translation>
    </message>
    <message>
        <source>Installing the firmware</source>
        <translation>펌웨어를 설치하는 중</translation>
    </message>
    <message>
        <source>Checking the firmware</source>
        <translation>펌웨어를 확인하는 중</translation>
    </message>
    <message>
        <source>Restarting the board</source>
        <translation>보드를 다시 시작하는 중</translation>
    </message>
    <message>
        <source>Sending the model</source>
        <translation>모델을 보내는 중</translation>
    </message>
    <message>
        <source>Checking what the board has stored</source>
        <translation>보드에 저장된 내용을 확인하는 중</translation>
    </message>
    <message>
        <source>The model is on the board ({seconds:.1f} s).</source>
        <translation>모델이 보드에 올라갔습니다({seconds:.1f} s).</translation>
    </message>
    <message>
        <source>The board already had this model.</source>
        <translation>이 모델은 이미 보드에 있습니다.</translation>
    </message>
    <message>
        <source>Stopped by you: flash again before the board is used.</source>
        <translation>사용자가 중지했습니다. 보드를 쓰기 전에 다시 플래시하세요.</translation>
    </message>
    <message>
        <source>This network cannot be exported.</source>
        <translation>이 네트워크는 내보낼 수 없습니다.</translation>
    </message>
    <message>
        <source>A number in it is out of range.</source>
        <translation>네트워크에 든 수가 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>The section {name} is missing.</source>
        <translation>{name} 섹션이 없습니다.</translation>
    </message>
    <message>
        <source>Its program id is not that of its network.</source>
        <translation>프로그램 ID가 네트워크의 ID와 다릅니다.</translation>
    </message>
    <message>
        <source>A section ends too early.</source>
        <translation>너무 일찍 끝나는 섹션이 있습니다.</translation>
    </message>
    <message>
        <source>Its plan is malformed: {reason}.</source>
        <translation>계획이 형식에 맞지 않습니다: {reason}.</translation>
    </message>
    <message>
        <source>Its input has {network} values, a window has {window}.</source>
        <translation>입력 값은 {network}개인데, 윈도우의 값은 {window}개입니다.</translation>
    </message>
    <message>
        <source>It gives {network} answers, the task needs {task}.</source>
        <translation>내는 답은 {network}개인데, 과제에 필요한 답은 {task}개입니다.</translation>
    </message>
    <message>
        <source>Its network gives {network} answers, not as its task has it.</source>
        <translation>네트워크의 출력이 {network}개여서 과제에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Its input or output lies where it may not.</source>
        <translation>입력이나 출력이 놓일 수 없는 자리에 있습니다.</translation>
    </message>
    <message>
        <source>This network does not fit its task.</source>
        <translation>이 네트워크는 과제에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Train it again, then convert it.</source>
        <translation>다시 학습시킨 다음 변환하세요.</translation>
    </message>
    <message>
        <source>It is not a board program.</source>
        <translation>보드 프로그램이 아닙니다.</translation>
    </message>
    <message>
        <source>It has format version {found}, known is {known}.</source>
        <translation>형식 버전은 {found}인데, 알려진 버전은 {known}입니다.</translation>
    </message>
    <message>
        <source>It has {size} bytes, far too many.</source>
        <translation>크기가 {size}바이트로 지나치게 큽니다.</translation>
    </message>
    <message>
        <source>It has {found} bytes, not {said}.</source>
        <translation>크기가 {said}바이트가 아니라 {found}바이트입니다.</translation>
    </message>
    <message>
        <source>It is damaged: its check sum is wrong.</source>
        <translation>손상되었습니다. 체크섬이 맞지 않습니다.</translation>
    </message>
    <message>
        <source>It has too many sections, or its table of them leaves the file.</source>
        <translation>섹션이 너무 많거나 섹션 표가 파일을 벗어납니다.</translation>
    </message>
    <message>
        <source>The section {name} lies where it may not.</source>
        <translation>{name} 섹션이 있어서는 안 되는 위치에 있습니다.</translation>
    </message>
    <message>
        <source>The section {name} is damaged.</source>
        <translation>{name} 섹션이 손상되었습니다.</translation>
    </message>
    <message>
        <source>The section {name} is there twice.</source>
        <translation>{name} 섹션이 두 번 있습니다.</translation>
    </message>
    <message>
        <source>The section {name} is not known.</source>
        <translation>{name} 섹션은 알려지지 않은 섹션입니다.</translation>
    </message>
    <message>
        <source>One of its names is not UTF-8.</source>
        <translation>이름 중 하나가 UTF-8이 아닙니다.</translation>
    </message>
    <message>
        <source>A section is longer than its content.</source>
        <translation>내용보다 긴 섹션이 있습니다.</translation>
    </message>
    <message>
        <source>The name “{name}” is too long for a board.</source>
        <translation>“{name}” 이름은 보드에 쓰기에 너무 깁니다.</translation>
    </message>
    <message>
        <source>Give it one of at most {limit} bytes.</source>
        <translation>{limit}바이트 이하의 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>Its rate, window or number of channels is out of range.</source>
        <translation>샘플링 속도, 윈도우 또는 채널 수가 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>The scaling of its channels is out of range.</source>
        <translation>채널의 스케일링이 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>A board can tell at most 255 classes apart.</source>
        <translation>보드가 구별할 수 있는 클래스는 최대 255개입니다.</translation>
    </message>
    <message>
        <source>Its task or the scale of its answers is out of range.</source>
        <translation>과제나 답의 스케일이 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>It has {count} labels, which its task cannot have.</source>
        <translation>라벨이 {count}개인데, 이 과제에는 있을 수 없는 개수입니다.</translation>
    </message>
    <message>
        <source>This board program cannot be used.</source>
        <translation>이 보드 프로그램은 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>The board has stored something else than the model that was sent.</source>
        <translation>보드에 저장된 내용이 보낸 모델과 다릅니다.</translation>
    </message>
    <message>
        <source>Try again: the board&apos;s own boot loader is in its ROM, nothing can overwrite it.</source>
        <translation>다시 시도하세요. 보드의 부트로더는 ROM에 있어서 무엇으로도 지워지지 않습니다.</translation>
    </message>
    <message>
        <source>The board&apos;s port cannot be opened.</source>
        <translation>보드의 포트를 열 수 없습니다.</translation>
    </message>
    <message>
        <source>It is not there.</source>
        <translation>포트가 없습니다.</translation>
    </message>
    <message>
        <source>Get the right to use serial ports, then try again.</source>
        <translation>시리얼 포트 사용 권한을 얻은 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The board&apos;s port went away while it was being flashed.</source>
        <translation>플래시하는 도중에 보드의 포트가 사라졌습니다.</translation>
    </message>
    <message>
        <source>The cable was pulled or has a loose contact, or the board lost its power.</source>
        <translation>케이블이 빠졌거나 접촉이 좋지 않거나, 보드의 전원이 끊겼습니다.</translation>
    </message>
    <message>
        <source>Plug it in again, without a hub, and try again: no board is lost by this.</source>
        <translation>허브 없이 다시 꽂고 다시 시도하세요. 이 일로 보드가 망가지지는 않습니다.</translation>
    </message>
    <message>
        <source>The board did not enter its boot loader.</source>
        <translation>보드가 부트로더로 들어가지 않았습니다.</translation>
    </message>
    <message>
        <source>Its boot loader gave no answer.</source>
        <translation>부트로더가 응답하지 않았습니다.</translation>
    </message>
    <message>
        <source>Hold the button BOOT, press EN shortly, let go of BOOT, then try again.</source>
        <translation>BOOT 버튼을 누른 채 EN을 짧게 누르고, BOOT를 놓은 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The boot loader stopped making sense.</source>
        <translation>부트로더의 응답을 알아볼 수 없게 되었습니다.</translation>
    </message>
    <message>
        <source>Bytes were lost on the way.</source>
        <translation>전송 중에 바이트가 사라졌습니다.</translation>
    </message>
    <message>
        <source>Use a short cable straight into the computer, then try again.</source>
        <translation>짧은 케이블로 컴퓨터에 직접 연결한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The board&apos;s flash memory does not answer.</source>
        <translation>보드의 플래시 메모리가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>Something is wired to its pins, or it is broken.</source>
        <translation>플래시 핀에 무언가 연결되어 있거나, 플래시가 고장 났습니다.</translation>
    </message>
    <message>
        <source>Take all wires off GPIO 6 to 12, then try again.</source>
        <translation>GPIO 6~12에서 모든 선을 뺀 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The firmware was written in part only.</source>
        <translation>펌웨어가 일부만 기록되었습니다.</translation>
    </message>
    <message>
        <source>The boot loader stopped answering.</source>
        <translation>부트로더가 더 이상 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>The board&apos;s flash does not hold what was written.</source>
        <translation>보드의 플래시 내용이 기록한 것과 다릅니다.</translation>
    </message>
    <message>
        <source>Its check sum is wrong.</source>
        <translation>체크섬이 맞지 않습니다.</translation>
    </message>
    <message>
        <source>This chip is not supported yet. Nothing was written.</source>
        <translation>이 칩은 아직 지원되지 않습니다. 아무것도 기록하지 않았습니다.</translation>
    </message>
    <message>
        <source>It is not an ESP32 of the first kind.</source>
        <translation>초기형 ESP32가 아닙니다.</translation>
    </message>
    <message>
        <source>Use a board with an ESP32 (DevKit, WROOM, D1 mini ESP32), or another port.</source>
        <translation>ESP32 보드(DevKit, WROOM, D1 mini ESP32)를 쓰거나 다른 포트를 선택하세요.</translation>
    </message>
    <message>
        <source>This board&apos;s flash is encrypted. Nothing was written.</source>
        <translation>이 보드의 플래시는 암호화되어 있습니다. 아무것도 기록하지 않았습니다.</translation>
    </message>
    <message>
        <source>Its fuses let it run firmware of its maker only.</source>
        <translation>칩의 퓨즈 때문에 제조사의 펌웨어만 실행합니다.</translation>
    </message>
    <message>
        <source>Use another board: this cannot be undone on this one.</source>
        <translation>다른 보드를 사용하세요. 이 보드에서는 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>This board starts signed firmware only. Nothing was written.</source>
        <translation>이 보드는 서명된 펌웨어만 실행합니다. 아무것도 기록하지 않았습니다.</translation>
    </message>
    <message>
        <source>Secure boot is burnt into its fuses.</source>
        <translation>칩의 퓨즈에 보안 부팅이 설정되어 있습니다.</translation>
    </message>
    <message>
        <source>The firmware is installed, but the board does not answer.</source>
        <translation>펌웨어는 설치되었지만 보드가 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>It was not restarted, or its power is too weak to start.</source>
        <translation>보드가 다시 시작되지 않았거나 전원이 약해 시작하지 못합니다.</translation>
    </message>
    <message>
        <source>Press the button EN (or RST) on the board, then try again.</source>
        <translation>보드의 EN(또는 RST) 버튼을 누른 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>It may be a sketch of yours, or what the board came with; the studio&apos;s firmware would replace it.</source>
        <translation>직접 만든 스케치이거나 보드에 처음부터 들어 있던 프로그램일 수 있으며, 스튜디오의 펌웨어가 그것을 대체하게 됩니다.</translation>
    </message>
    <message>
        <source>Say that it may be replaced (“Replace it”; as a command: --replace). You can put your sketch back with the Arduino IDE.</source>
        <translation>바꿔도 된다고 알려 주세요(“바꾸기”, 명령에서는 --replace). 스케치는 Arduino IDE로 다시 올릴 수 있습니다.</translation>
    </message>
    <message>
        <source>This installation of the studio is damaged. Nothing was written.</source>
        <translation>스튜디오 설치가 손상되었습니다. 아무것도 기록하지 않았습니다.</translation>
    </message>
    <message>
        <source>The board&apos;s firmware is missing.</source>
        <translation>보드의 펌웨어 파일이 없습니다.</translation>
    </message>
    <message>
        <source>Flash it again; if that does not help, the board&apos;s flash is worn out.</source>
        <translation>다시 플래시하세요. 그래도 해결되지 않으면 보드의 플래시 메모리 수명이 다한 것입니다.</translation>
    </message>
    <message>
        <source>This is not the board that was chosen.</source>
        <translation>선택한 보드가 아닙니다.</translation>
    </message>
    <message>
        <source>At {port} answers “{found}”, chosen is “{chosen}”.</source>
        <translation>{port}에서 응답한 보드는 “{found}”인데, 선택한 보드는 “{chosen}”입니다.</translation>
    </message>
    <message>
        <source>Choose the other board or another port.</source>
        <translation>응답한 보드를 선택하거나 다른 포트를 선택하세요.</translation>
    </message>
    <message>
        <source>simulated hand, holding {holding}</source>
        <translation>가상 손, 잡은 방식: {holding}</translation>
    </message>
    <message>
        <source>Turn takes at random</source>
        <translation>테이크 무작위 회전</translation>
    </message>
    <message>
        <source>Record the gestures</source>
        <translation>동작 기록</translation>
    </message>
    <message>
        <source>Gestures of a hand</source>
        <translation>손동작</translation>
    </message>
    <message>
        <source>A hand holds a motion sensor and idles, circles, shakes, taps or waves. The test part is another person with another grip.</source>
        <translation>손이 동작 센서를 쥐고 가만히 있거나, 원을 그리거나, 흔들거나, 두드리거나, 손을 흔들어 인사합니다. 테스트 부분은 다른 사람이 다르게 쥔 것입니다.</translation>
    </message>
    <message>
        <source>The simulated hand cannot “{gesture}”.</source>
        <translation>가상 손은 “{gesture}” 동작을 할 수 없습니다.</translation>
    </message>
    <message>
        <source>It can: {gestures}.</source>
        <translation>할 수 있는 동작: {gestures}.</translation>
    </message>
    <message>
        <source>The simulated board did not start.</source>
        <translation>가상 보드가 시작되지 않았습니다.</translation>
    </message>
    <message>
        <source>Try again; if that does not help, start the studio anew.</source>
        <translation>다시 시도하세요. 그래도 해결되지 않으면 스튜디오를 다시 시작하세요.</translation>
    </message>
    <message>
        <source>It is not a .tflite file.</source>
        <translation>.tflite 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>It must hold exactly one graph, of schema version 3.</source>
        <translation>스키마 버전 3의 그래프가 정확히 하나 들어 있어야 합니다.</translation>
    </message>
    <message>
        <source>It must have one input and one output.</source>
        <translation>입력과 출력이 각각 하나여야 합니다.</translation>
    </message>
    <message>
        <source>Its shapes must be fixed, with a batch of one.</source>
        <translation>형태(shape)가 고정되어 있고 배치가 1이어야 합니다.</translation>
    </message>
    <message>
        <source>Its input and output are not int8.</source>
        <translation>입력과 출력이 int8이 아닙니다.</translation>
    </message>
    <message>
        <source>Convert it with full int8 quantisation.</source>
        <translation>완전한 int8 양자화로 변환하세요.</translation>
    </message>
    <message>
        <source>Its quantisation is out of range.</source>
        <translation>양자화가 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>Convert it again.</source>
        <translation>다시 변환하세요.</translation>
    </message>
    <message>
        <source>One of its tensors has a type or size no board can hold.</source>
        <translation>보드에 담을 수 없는 형식이나 크기의 텐서가 있습니다.</translation>
    </message>
    <message>
        <source>It is damaged: {reason}.</source>
        <translation>손상되었습니다: {reason}.</translation>
    </message>
    <message>
        <source>This network cannot be put on a board.</source>
        <translation>이 네트워크는 보드에 올릴 수 없습니다.</translation>
    </message>
    <message>
        <source>The board was not checked.</source>
        <translation>보드를 확인하지 못했습니다.</translation>
    </message>
    <message>
        <source>It runs another network than this one.</source>
        <translation>보드에서 이 네트워크가 아닌 다른 네트워크가 실행되고 있습니다.</translation>
    </message>
    <message>
        <source>Flash this network first.</source>
        <translation>먼저 이 네트워크를 플래시하세요.</translation>
    </message>
    <message>
        <source>The board gives {found} numbers for a window.</source>
        <translation>보드가 윈도우 하나에 내는 수는 {found}개입니다.</translation>
    </message>
    <message>
        <source>Its network has {known} outputs.</source>
        <translation>보드에 있는 네트워크의 출력은 {known}개입니다.</translation>
    </message>
    <message>
        <source>The simulated board knows no fault “{fault}”.</source>
        <translation>가상 보드에는 “{fault}” 오류가 없습니다.</translation>
    </message>
    <message>
        <source>It knows: {faults}.</source>
        <translation>사용할 수 있는 오류: {faults}.</translation>
    </message>
    <message>
        <source>{project} – Tinywright</source>
        <translation>{project} – Tinywright</translation>
    </message>
    <message>
        <source>The project is not saved</source>
        <translation>프로젝트가 저장되지 않았습니다</translation>
    </message>
    <message>
        <source>Leave the studio and lose what was changed last?</source>
        <translation>스튜디오를 종료하고 마지막 변경 내용을 버릴까요?</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>세부 정보</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>이 메시지 닫기</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count}개 더</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>줄</translation>
    </message>
    <message>
        <source>How they were read</source>
        <translation>읽은 방식</translation>
    </message>
    <message>
        <source>Last one</source>
        <translation>마지막 줄</translation>
    </message>
    <message>
        <source>Line inspector</source>
        <translation>줄 검사기</translation>
    </message>
    <message>
        <source>What the board prints besides values appears here.</source>
        <translation>보드가 값 외에 출력하는 내용이 여기에 표시됩니다.</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>콘솔</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>수집</translation>
    </message>
    <message>
        <source>Watch what the sensor says, name it, record it.</source>
        <translation>센서의 신호를 보고, 이름을 붙이고, 기록하세요.</translation>
    </message>
    <message>
        <source>Begin or end a recording (Space)</source>
        <translation>기록 시작 또는 종료 (Space)</translation>
    </message>
    <message>
        <source>Live signal</source>
        <translation>실시간 신호</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Hold the picture still; nothing that arrives is lost.</source>
        <translation>화면을 멈춰 둡니다. 도착하는 데이터는 잃지 않습니다.</translation>
    </message>
    <message>
        <source>How the board&apos;s lines are read, and what is not read</source>
        <translation>보드의 줄을 어떻게 읽는지, 읽지 못한 것은 무엇인지 보여 줍니다</translation>
    </message>
    <message>
        <source>{count} lines not read</source>
        <translation>읽지 못한 줄 {count}개</translation>
    </message>
    <message>
        <source>Remarks of the board</source>
        <translation>보드의 알림</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>In {count} … cancel</source>
        <translation>{count}초 후 … 취소</translation>
    </message>
    <message>
        <source>Stop · {seconds:.1f} s</source>
        <translation>중지 · {seconds:.1f} s</translation>
    </message>
    <message>
        <source>Storing…</source>
        <translation>저장하는 중…</translation>
    </message>
    <message>
        <source>values by position</source>
        <translation>위치별 값</translation>
    </message>
    <message>
        <source>label:value pairs</source>
        <translation>라벨:값 쌍</translation>
    </message>
    <message>
        <source>Teleplot</source>
        <translation>Teleplot</translation>
    </message>
    <message>
        <source>numbers between words</source>
        <translation>단어 사이의 수</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>The port is the cable to a board. Boards that are recognised have their name.</source>
        <translation>포트는 보드로 이어지는 케이블입니다. 인식된 보드는 이름이 표시됩니다.</translation>
    </message>
    <message>
        <source>Baud rate</source>
        <translation>보드레이트</translation>
    </message>
    <message>
        <source>Bits a second on the wire. Must be what the sketch says in Serial.begin().</source>
        <translation>선을 따라 1초에 전송되는 비트 수입니다. 스케치의 Serial.begin()에 적은 값과 같아야 합니다.</translation>
    </message>
    <message>
        <source>How lines are read</source>
        <translation>줄을 읽는 방식</translation>
    </message>
    <message>
        <source>How a line of text becomes values. Found out by itself; choose one to insist.</source>
        <translation>텍스트 한 줄을 값으로 바꾸는 방식입니다. 자동으로 알아내며, 고정하려면 하나를 선택하세요.</translation>
    </message>
    <message>
        <source>Lines: found out</source>
        <translation>줄 형식: 자동 인식</translation>
    </message>
    <message>
        <source>Lines: {dialect}</source>
        <translation>줄 형식: {dialect}</translation>
    </message>
    <message>
        <source>The port is lent for a moment.</source>
        <translation>포트를 잠시 빌려주었습니다.</translation>
    </message>
    <message>
        <source>Simulated board</source>
        <translation>가상 보드</translation>
    </message>
    <message>
        <source>ESP32</source>
        <translation>ESP32</translation>
    </message>
    <message>
        <source>Arduino Nano 33 BLE Sense</source>
        <translation>Arduino Nano 33 BLE Sense</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>연결 끊기</translation>
    </message>
    <message>
        <source>Connect a board</source>
        <translation>보드 연결</translation>
    </message>
    <message>
        <source>Boards and ports</source>
        <translation>보드와 포트</translation>
    </message>
    <message>
        <source>No board yet</source>
        <translation>아직 보드가 없습니다</translation>
    </message>
    <message>
        <source>Plug one in with a USB cable that carries data. It appears here by itself.</source>
        <translation>데이터 통신이 되는 USB 케이블로 보드를 꽂으십시오. 여기에 저절로 나타납니다.</translation>
    </message>
    <message>
        <source>My board is not here</source>
        <translation>내 보드가 보이지 않습니다</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>None of these is known as a board. Plug one in, or choose the port it is on.</source>
        <translation>알려진 보드가 없습니다. 보드를 꽂거나 보드가 연결된 포트를 고르십시오.</translation>
    </message>
    <message>
        <source>The studio makes a project and shows what the board&apos;s sensors say.</source>
        <translation>스튜디오가 프로젝트를 만들고 보드의 센서 값을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Lines: {dialect} (found out)</source>
        <translation>줄 형식: {dialect} (자동 인식)</translation>
    </message>
    <message>
        <source>probably {board} · {port}</source>
        <translation>{board}(으)로 추정 · {port}</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결하는 중…</translation>
    </message>
    <message>
        <source>No board connected</source>
        <translation>연결된 보드 없음</translation>
    </message>
    <message>
        <source>The board went away. Waiting for it to come back…</source>
        <translation>보드 연결이 끊어졌습니다. 다시 연결되기를 기다리는 중…</translation>
    </message>
    <message>
        <source>{board}, firmware {version}</source>
        <translation>{board}, 펌웨어 {version}</translation>
    </message>
    <message>
        <source>Listening…</source>
        <translation>신호를 기다리는 중…</translation>
    </message>
    <message>
        <source>Samples a second, measured. A network works only at the rate it learned at.</source>
        <translation>측정한 초당 샘플 수입니다. 네트워크는 학습할 때의 샘플링 속도에서만 제대로 동작합니다.</translation>
    </message>
    <message>
        <source>Jitter: how much the time between two samples varies. Small against it is good.</source>
        <translation>지터: 두 샘플 사이의 시간이 얼마나 흔들리는지입니다. 그 시간에 비해 작을수록 좋습니다.</translation>
    </message>
    <message>
        <source>Clipping: the sensor is at the end of its range and cuts the peaks off. Stuck: the value never changes, as from a loose wire.</source>
        <translation>클리핑: 센서가 측정 범위의 끝에 닿아 봉우리가 잘립니다. 고정: 선이 헐거울 때처럼 값이 전혀 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>measuring the rate…</source>
        <translation>샘플링 속도를 측정하는 중…</translation>
    </message>
    <message>
        <source>{hz:.4g} Hz</source>
        <translation>{hz:.4g} Hz</translation>
    </message>
    <message>
        <source>jitter {ms:.2g} ms</source>
        <translation>지터 {ms:.2g} ms</translation>
    </message>
    <message>
        <source>{count} samples lost</source>
        <translation>샘플 {count}개 손실</translation>
    </message>
    <message>
        <source>no sample lost; pauses: {count}</source>
        <translation>{count}번 끊김, 손실된 샘플 없음</translation>
    </message>
    <message>
        <source>no sample lost</source>
        <translation>손실된 샘플 없음</translation>
    </message>
    <message>
        <source>{name} clips</source>
        <translation>{name} 클리핑</translation>
    </message>
    <message>
        <source>Samples the board sent and that never arrived, and times when nothing came for longer than it should.</source>
        <translation>보드가 보냈지만 도착하지 않은 샘플, 그리고 정상보다 오래 아무것도 오지 않은 횟수입니다.</translation>
    </message>
    <message>
        <source>{name} is stuck</source>
        <translation>{name} 고정됨</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>for example: wave</source>
        <translation>예: 손 흔들기</translation>
    </message>
    <message>
        <source>The class: what the network shall answer when it feels this again.</source>
        <translation>클래스: 이 신호를 다시 느낄 때 네트워크가 내야 할 답입니다.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Takes of one length make windows of one length easy.</source>
        <translation>테이크의 길이가 같으면 윈도우의 길이도 맞추기 쉽습니다.</translation>
    </message>
    <message>
        <source>Countdown</source>
        <translation>카운트다운</translation>
    </message>
    <message>
        <source>Time to take the board into your hand.</source>
        <translation>보드를 손에 쥘 시간입니다.</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>until I stop it</source>
        <translation>중지할 때까지</translation>
    </message>
    <message>
        <source>{seconds:g} s</source>
        <translation>{seconds:g} s</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>파일 가져오기…</translation>
    </message>
    <message>
        <source>CSV files, several recordings in one parted by blank lines; or drop them here.</source>
        <translation>CSV 파일을 가져옵니다. 빈 줄로 나누면 한 파일에 여러 기록을 담을 수 있습니다. 여기에 끌어다 놓아도 됩니다.</translation>
    </message>
    <message>
        <source>Recordings appear here. Press Record, import files, or drop them here.</source>
        <translation>기록이 여기에 나타납니다. “기록” 버튼을 누르거나, 파일을 가져오거나, 여기에 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>{count} · {length}</source>
        <translation>{count} · {length}</translation>
    </message>
    <message>
        <source>Rename recording</source>
        <translation>기록 이름 바꾸기</translation>
    </message>
    <message>
        <source>Delete {count} recordings</source>
        <translation>기록 {count}개 삭제</translation>
    </message>
    <message>
        <source>Label as {name}</source>
        <translation>{name} 라벨 지정</translation>
    </message>
    <message>
        <source>Label as</source>
        <translation>라벨 지정</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>이름 바꾸기</translation>
    </message>
    <message>
        <source>Import recordings</source>
        <translation>기록 가져오기</translation>
    </message>
    <message>
        <source>There is no clock in these files. How many times a second was the sensor read? The sketch that wrote them says it; recordings that have a clock are brought to the same rate.</source>
        <translation>이 파일에는 시간 정보가 없습니다. 센서를 1초에 몇 번 읽었습니까? 파일을 만든 스케치에 적혀 있습니다. 시간 정보가 있는 기록도 같은 속도로 맞춥니다.</translation>
    </message>
    <message>
        <source>Samples a second</source>
        <translation>초당 샘플 수</translation>
    </message>
    <message>
        <source>All that is told in seconds follows from it: windows, and what the board must do.</source>
        <translation>초 단위로 나타내는 것은 모두 이 값에서 나옵니다. 윈도우 길이와 보드가 지켜야 할 속도가 그렇습니다.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Recordings (*.csv *.tsv *.json)</source>
        <translation>기록 (*.csv *.tsv *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>no label yet</source>
        <translation>아직 라벨 없음</translation>
    </message>
    <message>
        <source>{name}, {labels}, {length}, {count} samples at {rate:g} Hz</source>
        <translation>{name}, {labels}, {length}, 샘플 {count}개, {rate:g} Hz</translation>
    </message>
    <message>
        <source>Which class</source>
        <translation>어느 클래스</translation>
    </message>
    <message>
        <source>Multi-class: one of several classes, each with its probability.</source>
        <translation>다중 클래스: 여러 클래스 중 하나이며, 클래스마다 확률이 있습니다.</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>예 또는 아니요</translation>
    </message>
    <message>
        <source>Binary: a single probability, whether or not it is the second of two classes.</source>
        <translation>이진: 두 클래스 중 두 번째인지를 나타내는 확률 하나입니다.</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>얼마나</translation>
    </message>
    <message>
        <source>Regression: a number. Each label carries the number to learn.</source>
        <translation>회귀: 숫자 하나입니다. 라벨마다 학습할 숫자를 가집니다.</translation>
    </message>
    <message>
        <source>Mean, deviation</source>
        <translation>평균, 편차</translation>
    </message>
    <message>
        <source>Each channel gets mean 0 and standard deviation 1. A good choice for most signals.</source>
        <translation>각 채널을 평균 0, 표준 편차 1로 맞춥니다. 대부분의 신호에 알맞습니다.</translation>
    </message>
    <message>
        <source>Min to max</source>
        <translation>최소에서 최대</translation>
    </message>
    <message>
        <source>Each channel is brought to 0…1. One outlier squeezes all the rest.</source>
        <translation>각 채널을 0…1로 맞춥니다. 이상값 하나가 나머지를 모두 좁은 범위로 몰아넣습니다.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Values go in as they are. Only where all channels are of a like, small size.</source>
        <translation>값이 그대로 들어갑니다. 모든 채널의 크기가 비슷하고 작을 때만 쓰세요.</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>The sizes of one window: samples along time × channels. Every layer starts here.</source>
        <translation>윈도우 하나의 크기: 시간 방향 샘플 수 × 채널 수. 모든 레이어가 여기서 시작합니다.</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>과제</translation>
    </message>
    <message>
        <source>What the network answers.</source>
        <translation>네트워크가 답할 내용입니다.</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>정규화</translation>
    </message>
    <message>
        <source>Brings all channels to a like size, so that none drowns the others. Measured on the training part only, and carried along to the board.</source>
        <translation>모든 채널을 비슷한 크기로 맞춰 어느 하나가 나머지를 덮지 않게 합니다. 학습용 데이터에서만 계산하며, 보드에도 함께 옮겨집니다.</translation>
    </message>
    <message>
        <source>{length} samples at {rate} Hz of {count} channels: {names}</source>
        <translation>{length}개 샘플, {rate} Hz, 채널 {count}개: {names}</translation>
    </message>
    <message>
        <source>Change normalisation</source>
        <translation>정규화 변경</translation>
    </message>
    <message>
        <source>{what} {action}</source>
        <translation>{what} {action}</translation>
    </message>
    <message>
        <source>Weights + biases: {formula}</source>
        <translation>가중치 + 편향: {formula}</translation>
    </message>
    <message>
        <source>Layer {number}: {title}. {summary}</source>
        <translation>레이어 {number}: {title}. {summary}</translation>
    </message>
    <message>
        <source>Output {shape}, {parameters} parameters</source>
        <translation>출력 {shape}, 파라미터 {parameters}개</translation>
    </message>
    <message>
        <source>Drag to move the layer, or press Alt+Up and Alt+Down.</source>
        <translation>끌어서 레이어를 옮기거나 Alt+Up과 Alt+Down을 누르세요.</translation>
    </message>
    <message>
        <source>Not possible: {why}</source>
        <translation>불가능: {why}</translation>
    </message>
    <message>
        <source>The sizes of what the layer hands on for one window, such as time steps × channels.</source>
        <translation>윈도우 하나에 대해 레이어가 넘겨주는 값의 크기입니다. 예: 시간 단계 × 채널.</translation>
    </message>
    <message>
        <source>The numbers the layer has learned and the board must store: weights, which multiply, and biases, which are added. In int8 each weight takes one byte.</source>
        <translation>레이어가 학습한, 보드가 저장해야 하는 숫자입니다. 곱하는 가중치와 더하는 편향이 있습니다. int8에서는 가중치 하나가 1바이트를 차지합니다.</translation>
    </message>
    <message>
        <source>Multiply-accumulate operations for one window: a weight times a value, added to a sum. The board&apos;s time for an answer grows with them.</source>
        <translation>윈도우 하나에 필요한 곱셈-누산 연산 수입니다. 가중치에 값을 곱해 합에 더합니다. 많을수록 보드가 답하는 데 오래 걸립니다.</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>복제</translation>
    </message>
    <message>
        <source>Put a copy behind this layer (Ctrl+D)</source>
        <translation>이 레이어 뒤에 복사본을 넣습니다 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>위로</translation>
    </message>
    <message>
        <source>Move this layer up (Alt+Up)</source>
        <translation>이 레이어를 위로 옮깁니다 (Alt+Up)</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>아래로</translation>
    </message>
    <message>
        <source>Move this layer down (Alt+Down)</source>
        <translation>이 레이어를 아래로 옮깁니다 (Alt+Down)</translation>
    </message>
    <message>
        <source>Take this layer out (Del)</source>
        <translation>이 레이어를 뺍니다 (Del)</translation>
    </message>
    <message>
        <source>Add layer</source>
        <translation>레이어 추가</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Add {layer}</source>
        <translation>{layer} 추가</translation>
    </message>
    <message>
        <source>Delete {layer}</source>
        <translation>{layer} 삭제</translation>
    </message>
    <message>
        <source>Duplicate {layer}</source>
        <translation>{layer} 복제</translation>
    </message>
    <message>
        <source>Move {layer}</source>
        <translation>{layer} 이동</translation>
    </message>
    <message>
        <source>Change {layer}</source>
        <translation>{layer} 변경</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>What the board computes, in this order.</source>
        <translation>보드가 이 순서대로 계산하는 것입니다.</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>출력</translation>
    </message>
    <message>
        <source>The sizes of what the layer hands on.</source>
        <translation>레이어가 다음으로 넘기는 값의 크기입니다.</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>플래시</translation>
    </message>
    <message>
        <source>Weights, biases, scales and tables of the layer.</source>
        <translation>레이어의 가중치, 편향, 스케일과 표입니다.</translation>
    </message>
    <message>
        <source>RAM</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>What is in use while the layer is at work.</source>
        <translation>레이어가 계산하는 동안 쓰이는 메모리입니다.</translation>
    </message>
    <message>
        <source>Multiplications with a weight, each with its addition.</source>
        <translation>가중치와의 곱셈이며, 각각 덧셈 하나가 따릅니다.</translation>
    </message>
    <message>
        <source>Predicted, in milliseconds; the check on the board measures the whole.</source>
        <translation>예측값(밀리초)입니다. 전체 시간은 보드에서 확인할 때 측정합니다.</translation>
    </message>
    <message>
        <source>What it takes, layer by layer</source>
        <translation>레이어별 사용량</translation>
    </message>
    <message>
        <source>on the {board}</source>
        <translation>{board} 기준</translation>
    </message>
    <message>
        <source>Sensors and labels</source>
        <translation>센서와 라벨</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>합계</translation>
    </message>
    <message>
        <source>≈ {ms} ms</source>
        <translation>≈ {ms} ms</translation>
    </message>
    <message>
        <source>Choosing needs at least two classes; there are {count}. Label more.</source>
        <translation>고르려면 클래스가 두 개 이상 필요합니다. 지금은 {count}개입니다. 라벨을 더 지정하세요.</translation>
    </message>
    <message>
        <source>One probability a class; the highest is the answer.</source>
        <translation>클래스마다 확률 하나이며, 가장 높은 것이 답입니다.</translation>
    </message>
    <message>
        <source>One probability: near 1 means {second}, near 0 means {first}.</source>
        <translation>확률 하나: 1에 가까우면 {second}, 0에 가까우면 {first}입니다.</translation>
    </message>
    <message>
        <source>One probability. A yes-or-no task needs two classes; there are {count}.</source>
        <translation>확률 하나입니다. 예/아니요 과제에는 클래스가 두 개 필요합니다. 지금은 {count}개입니다.</translation>
    </message>
    <message>
        <source>One number, as the labels carry it.</source>
        <translation>라벨에 적힌 것과 같은 숫자 하나입니다.</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>설계</translation>
    </message>
    <message>
        <source>What the network looks like</source>
        <translation>네트워크의 구조</translation>
    </message>
    <message>
        <source>Train this network</source>
        <translation>이 네트워크 학습</translation>
    </message>
    <message>
        <source>No data to design for yet</source>
        <translation>아직 설계에 쓸 데이터가 없습니다</translation>
    </message>
    <message>
        <source>A network is built around its input: a window of your recordings. Record something, or import a file; then choose or build a network here.</source>
        <translation>네트워크는 입력, 곧 기록의 윈도우를 중심으로 만들어집니다. 먼저 기록하거나 파일을 가져온 다음, 여기에서 네트워크를 고르거나 만드세요.</translation>
    </message>
    <message>
        <source>Go to Capture</source>
        <translation>수집으로 이동</translation>
    </message>
    <message>
        <source>Puts a layer behind the open one, or before the last where none is open.</source>
        <translation>열린 레이어 뒤에 레이어를 넣습니다. 열린 것이 없으면 마지막 레이어 앞에 넣습니다.</translation>
    </message>
    <message>
        <source>Take preset {preset}</source>
        <translation>프리셋 {preset} 적용</translation>
    </message>
    <message>
        <source>Change task</source>
        <translation>과제 변경</translation>
    </message>
    <message>
        <source>Output shape</source>
        <translation>출력 형태</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>MACs</source>
        <translation>MAC</translation>
    </message>
    <message>
        <source>no {setting}</source>
        <translation>{setting} 없음</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작점</translation>
    </message>
    <message>
        <source>{preset}, changed</source>
        <translation>{preset}, 변경됨</translation>
    </message>
    <message>
        <source>This network</source>
        <translation>이 네트워크</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>파라미터</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>학습 가능</translation>
    </message>
    <message>
        <source>Learned from the data, by following the loss downhill.</source>
        <translation>손실이 줄어드는 방향을 따라 데이터에서 학습합니다.</translation>
    </message>
    <message>
        <source>Non-trainable</source>
        <translation>학습 불가</translation>
    </message>
    <message>
        <source>Measured while training, not learned: the means and variances of normalisation.</source>
        <translation>학습하지 않고 학습 중에 측정합니다. 정규화의 평균과 분산입니다.</translation>
    </message>
    <message>
        <source>MACs a window</source>
        <translation>윈도우당 MAC</translation>
    </message>
    <message>
        <source>Layer {number} says what to change.</source>
        <translation>레이어 {number}에 무엇을 바꿀지 나와 있습니다.</translation>
    </message>
    <message>
        <source>Ready to train</source>
        <translation>학습 준비 완료</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Name what the board shall tell apart, such as idle and shake.</source>
        <translation>보드가 구분할 것의 이름을 정하세요. 예: 정지, 흔들기.</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>새 클래스</translation>
    </message>
    <message>
        <source>Name of a new class</source>
        <translation>새 클래스의 이름</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>합성곱</translation>
    </message>
    <message>
        <source>Depthwise convolution</source>
        <translation>깊이별 합성곱</translation>
    </message>
    <message>
        <source>ReLU6</source>
        <translation>ReLU6</translation>
    </message>
    <message>
        <source>Leaky ReLU</source>
        <translation>Leaky ReLU</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Multiply</source>
        <translation>곱하기</translation>
    </message>
    <message>
        <source>Concatenation</source>
        <translation>이어 붙이기</translation>
    </message>
    <message>
        <source>Requantise</source>
        <translation>재양자화</translation>
    </message>
    <message>
        <source>Dequantise</source>
        <translation>역양자화</translation>
    </message>
    <message>
        <source>{name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>Layer {number} ({title})</source>
        <translation>{number}번 레이어({title})</translation>
    </message>
    <message>
        <source>{place} takes {share:.0f} % of it: give it fewer neurons or filters, or pool before it.</source>
        <translation>{place}이(가) 그중 {share:.0f} %를 차지합니다. 뉴런이나 필터를 줄이거나 그 앞에 풀링을 두세요.</translation>
    </message>
    <message>
        <source>{place} needs the most: shorten the window, pool earlier, or give it fewer filters.</source>
        <translation>{place}이(가) 가장 많이 필요로 합니다. 윈도우를 줄이거나, 더 앞에서 풀링하거나, 필터를 줄이세요.</translation>
    </message>
    <message>
        <source>Rename the class (F2)</source>
        <translation>클래스 이름을 바꿉니다 (F2)</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>병합</translation>
    </message>
    <message>
        <source>Give all its labels to another class</source>
        <translation>라벨을 모두 다른 클래스로 넘깁니다</translation>
    </message>
    <message>
        <source>Delete the class and its labels</source>
        <translation>클래스와 그 라벨을 삭제합니다</translation>
    </message>
    <message>
        <source>{name}: press {key}</source>
        <translation>{name}: {key} 키</translation>
    </message>
    <message>
        <source>Add class</source>
        <translation>클래스 추가</translation>
    </message>
    <message>
        <source>Rename class</source>
        <translation>클래스 이름 바꾸기</translation>
    </message>
    <message>
        <source>Merge {source} into {into}?</source>
        <translation>{source}을(를) {into}에 병합할까요?</translation>
    </message>
    <message>
        <source>Its labels will be called {into}, and {source} goes.</source>
        <translation>라벨은 {into}(으)로 바뀌고 {source}은(는) 없어집니다.</translation>
    </message>
    <message>
        <source>Merge classes</source>
        <translation>클래스 병합</translation>
    </message>
    <message>
        <source>Delete class</source>
        <translation>클래스 삭제</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>{name}을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Its labels go with it ({count}); the recordings stay.</source>
        <translation>라벨도 함께 삭제됩니다({count}개). 기록은 남습니다.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>into {label}</source>
        <translation>{label}에 병합</translation>
    </message>
    <message>
        <source>1 label · {windows} windows · {time}</source>
        <translation>라벨 1개 · 윈도우 {windows}개 · {time}</translation>
    </message>
    <message>
        <source>{spans} labels · {windows} windows · {time}</source>
        <translation>라벨 {spans}개 · 윈도우 {windows}개 · {time}</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number}초</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number}분</translation>
    </message>
    <message>
        <source>{number} h</source>
        <translation>{number}시간</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>What happens where in your recordings</source>
        <translation>기록의 어디에서 무슨 일이 일어나는지</translation>
    </message>
    <message>
        <source>Label whole recording</source>
        <translation>기록 전체에 라벨 지정</translation>
    </message>
    <message>
        <source>Nothing to label yet</source>
        <translation>아직 라벨을 지정할 것이 없습니다</translation>
    </message>
    <message>
        <source>Record something or import a file on the Capture page. Here you then mark what happens where, so that a network can learn it.</source>
        <translation>수집 페이지에서 기록하거나 파일을 가져오세요. 그런 다음 여기에서 어디에 무슨 일이 있는지 표시하면 네트워크가 학습할 수 있습니다.</translation>
    </message>
    <message>
        <source>Number for new labels</source>
        <translation>새 라벨의 숫자</translation>
    </message>
    <message>
        <source>What the network should answer where a new label is drawn, in your own unit.</source>
        <translation>새 라벨을 그리는 곳에서 네트워크가 답할 값을 원하는 단위로 입력하세요.</translation>
    </message>
    <message>
        <source>How much, in your own unit: the network learns it.</source>
        <translation>원하는 단위로 나타낸 크기이며, 네트워크가 이를 학습합니다.</translation>
    </message>
    <message>
        <source>Label {count} whole recordings</source>
        <translation>기록 {count}개 전체에 라벨 지정</translation>
    </message>
    <message>
        <source>As {label}, from the first sample to the last</source>
        <translation>첫 샘플부터 마지막 샘플까지 {label}(으)로 지정</translation>
    </message>
    <message>
        <source>Add a class first, at the right.</source>
        <translation>먼저 오른쪽에서 클래스를 추가하세요.</translation>
    </message>
    <message>
        <source>Name a class first, at the right: then drag over the signal that shows it.</source>
        <translation>먼저 오른쪽에서 클래스 이름을 정하고, 그 클래스가 나타나는 신호 위를 끄세요.</translation>
    </message>
    <message>
        <source>Change overlap</source>
        <translation>겹침 변경</translation>
    </message>
    <message>
        <source>Set a pin high</source>
        <translation>핀을 High로</translation>
    </message>
    <message>
        <source>Set a pin low</source>
        <translation>핀을 Low로</translation>
    </message>
    <message>
        <source>Pulse a pin</source>
        <translation>핀에 펄스</translation>
    </message>
    <message>
        <source>Dim a pin (PWM)</source>
        <translation>핀 밝기 조절 (PWM)</translation>
    </message>
    <message>
        <source>Print a text</source>
        <translation>텍스트 출력</translation>
    </message>
    <message>
        <source>When its network recognises something</source>
        <translation>신경망이 무언가를 인식할 때</translation>
    </message>
    <message>
        <source>Nothing happens yet. An action drives a pin or prints a text, without any code.</source>
        <translation>아직 정해진 동작이 없습니다. 동작을 추가하면 코드 없이 핀을 제어하거나 텍스트를 출력합니다.</translation>
    </message>
    <message>
        <source>An action takes place once its class has had the score in so many windows in a row, and again only after it was gone. All these pins are low until then, and when the network stops.</source>
        <translation>클래스의 점수가 지정한 수의 윈도우에서 연속으로 기준에 이르면 동작이 실행되고, 클래스가 사라진 뒤에만 다시 실행됩니다. 그 전과 신경망이 멈춘 뒤에는 이 핀들이 모두 LOW입니다.</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>윈도우</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>최소 점수</translation>
    </message>
    <message>
        <source>What</source>
        <translation>동작</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>핀</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Class {n}</source>
        <translation>클래스 {n}</translation>
    </message>
    <message>
        <source>So many windows in a row must say so.</source>
        <translation>이만큼의 윈도우가 연속으로 같은 답을 내야 합니다.</translation>
    </message>
    <message>
        <source>Windows in a row</source>
        <translation>연속 윈도우 수</translation>
    </message>
    <message>
        <source>Remove this action</source>
        <translation>이 동작 삭제</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>겹침</translation>
    </message>
    <message>
        <source>The share of a window that a label must cover to name it; of the label, where that is shorter.</source>
        <translation>라벨이 윈도우에 이름을 붙이려면 덮어야 하는 윈도우의 비율입니다. 라벨이 더 짧으면 라벨의 비율입니다.</translation>
    </message>
    <message>
        <source>{samples} samples at {rate} Hz · {count} channels</source>
        <translation>샘플 {samples}개, {rate} Hz · 채널 {count}개</translation>
    </message>
    <message>
        <source>This recording is shorter than one window: make windows shorter to use it.</source>
        <translation>이 기록은 윈도우 하나보다 짧습니다. 사용하려면 윈도우를 줄이세요.</translation>
    </message>
    <message>
        <source>{all} windows: {labelled} labelled, {unlabelled} without a label, {ambiguous} with two</source>
        <translation>윈도우 {all}개: 라벨 있음 {labelled}개, 라벨 없음 {unlabelled}개, 라벨 둘 {ambiguous}개</translation>
    </message>
    <message>
        <source>{length} · not labelled</source>
        <translation>{length} · 라벨 없음</translation>
    </message>
    <message>
        <source>{length} · 1 label</source>
        <translation>{length} · 라벨 1개</translation>
    </message>
    <message>
        <source>{length} · {count} labels</source>
        <translation>{length} · 라벨 {count}개</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Which recordings the list shows</source>
        <translation>목록에 표시할 기록</translation>
    </message>
    <message>
        <source>All recordings ({count})</source>
        <translation>모든 기록 ({count})</translation>
    </message>
    <message>
        <source>Not labelled ({count})</source>
        <translation>라벨 없음 ({count})</translation>
    </message>
    <message>
        <source>{label} ({count})</source>
        <translation>{label} ({count})</translation>
    </message>
    <message>
        <source>Every recording is labelled.</source>
        <translation>모든 기록에 라벨이 있습니다.</translation>
    </message>
    <message>
        <source>No recording shows this.</source>
        <translation>여기에 해당하는 기록이 없습니다.</translation>
    </message>
    <message>
        <source>Drag over the signal to label it · drag an end or the middle to change it · double-click or S cuts · Del deletes · 1–9 name it</source>
        <translation>신호 위를 끌어 라벨 지정 · 끝이나 가운데를 끌어 변경 · 두 번 클릭 또는 S로 자르기 · Del로 삭제 · 1–9로 클래스 지정</translation>
    </message>
    <message>
        <source>With the keyboard: A adds a label, Page Down and Page Up choose one, Shift+arrows move it, Alt+arrows its beginning, Ctrl+arrows its end.</source>
        <translation>키보드: A는 라벨 추가, Page Down과 Page Up은 라벨 선택, Shift+화살표는 라벨 이동, Alt+화살표는 시작 위치, Ctrl+화살표는 끝 위치를 옮깁니다.</translation>
    </message>
    <message>
        <source>Class of the label</source>
        <translation>라벨의 클래스</translation>
    </message>
    <message>
        <source>Number to learn</source>
        <translation>학습할 숫자</translation>
    </message>
    <message>
        <source>What the network should answer here, in your own unit.</source>
        <translation>여기에서 네트워크가 답할 값을 원하는 단위로 입력하세요.</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>숫자 없음</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>시작 위치</translation>
    </message>
    <message>
        <source>from</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Ends at</source>
        <translation>끝 위치</translation>
    </message>
    <message>
        <source>to</source>
        <translation>끝</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>자르기</translation>
    </message>
    <message>
        <source>Cut the label in two (S)</source>
        <translation>라벨을 둘로 자릅니다 (S)</translation>
    </message>
    <message>
        <source>Delete the label (Del)</source>
        <translation>라벨을 삭제합니다 (Del)</translation>
    </message>
    <message>
        <source>(no class)</source>
        <translation>(클래스 없음)</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>데이터 증강</translation>
    </message>
    <message>
        <source>Changes each training window a little, another way in every epoch: as if more takes had been recorded. Validation and test windows stay as they are.</source>
        <translation>학습 윈도우를 에포크마다 조금씩 다르게 바꿉니다. 테이크를 더 많이 기록한 것과 같은 효과가 있습니다. 검증과 테스트 윈도우는 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>잡음</translation>
    </message>
    <message>
        <source>Random noise, as a share of each channel&apos;s own spread.</source>
        <translation>무작위 잡음이며, 각 채널의 퍼짐에 대한 비율입니다.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>세기</translation>
    </message>
    <message>
        <source>Makes the whole window stronger or weaker, by about this much.</source>
        <translation>윈도우 전체를 대략 이만큼 강하게 또는 약하게 만듭니다.</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Moves the signal along time, by at most this share of the window.</source>
        <translation>신호를 시간 방향으로 최대 윈도우의 이 비율만큼 옮깁니다.</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>Turns three-axis sensors, as another way of holding the board would.</source>
        <translation>3축 센서를 돌립니다. 보드를 다르게 쥔 것과 같습니다.</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Gives every weight a step of its own, with momentum. The usual first choice.</source>
        <translation>가중치마다 고유한 걸음 크기와 모멘텀을 씁니다. 보통 가장 먼저 고르는 방법입니다.</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Stochastic gradient descent: a step downhill for each batch. Simple, and with momentum often the best in the end.</source>
        <translation>확률적 경사 하강법: 배치마다 한 걸음 내려갑니다. 단순하며, 모멘텀을 쓰면 결국 가장 좋을 때가 많습니다.</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>Divides each weight&apos;s step by how large its gradients have lately been.</source>
        <translation>각 가중치의 걸음을 최근 기울기의 크기로 나눕니다.</translation>
    </message>
    <message>
        <source>Adagrad</source>
        <translation>Adagrad</translation>
    </message>
    <message>
        <source>As RMSprop, but never forgets: its steps only get smaller.</source>
        <translation>RMSprop과 같지만 잊지 않습니다. 걸음이 계속 작아지기만 합니다.</translation>
    </message>
    <message>
        <source>Categorical cross-entropy</source>
        <translation>범주형 교차 엔트로피</translation>
    </message>
    <message>
        <source>How surprised the network is by the right class. The usual loss for classes.</source>
        <translation>네트워크가 정답 클래스에 얼마나 놀라는지를 나타냅니다. 클래스에 보통 쓰는 손실입니다.</translation>
    </message>
    <message>
        <source>Sparse categorical cross-entropy</source>
        <translation>희소 범주형 교차 엔트로피</translation>
    </message>
    <message>
        <source>The same figure, with the class as a number in place of a one-hot row.</source>
        <translation>같은 값이지만, 클래스를 원-핫 행 대신 숫자로 나타냅니다.</translation>
    </message>
    <message>
        <source>Binary cross-entropy</source>
        <translation>이진 교차 엔트로피</translation>
    </message>
    <message>
        <source>Cross-entropy for a single probability: yes or no.</source>
        <translation>확률 하나에 대한 교차 엔트로피: 예 또는 아니요.</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>평균 제곱 오차</translation>
    </message>
    <message>
        <source>The mean of the squared errors: large errors weigh most.</source>
        <translation>오차 제곱의 평균: 큰 오차가 가장 크게 반영됩니다.</translation>
    </message>
    <message>
        <source>Loss by epoch</source>
        <translation>에포크별 손실</translation>
    </message>
    <message>
        <source>Loss and accuracy over the epochs</source>
        <translation>에포크에 따른 손실과 정확도</translation>
    </message>
    <message>
        <source>Accuracy by epoch, %</source>
        <translation>에포크별 정확도, %</translation>
    </message>
    <message>
        <source>Mean absolute error by epoch</source>
        <translation>에포크별 평균 절대 오차</translation>
    </message>
    <message>
        <source>Mean absolute error</source>
        <translation>평균 절대 오차</translation>
    </message>
    <message>
        <source>The mean size of the errors: single wild values weigh little.</source>
        <translation>오차 크기의 평균: 동떨어진 값 하나하나는 적게 반영됩니다.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Change augmentation</source>
        <translation>데이터 증강 변경</translation>
    </message>
    <message>
        <source>An update is one step downhill. Each batch makes one, so an epoch makes as many as there are batches: training windows ÷ batch size, rounded up.</source>
        <translation>업데이트 한 번은 내려가는 한 걸음입니다. 배치마다 한 번씩이므로 에포크당 업데이트 수는 배치 수와 같습니다: 학습 윈도우 ÷ 배치 크기, 올림.</translation>
    </message>
    <message>
        <source>Change learning rate</source>
        <translation>학습률 변경</translation>
    </message>
    <message>
        <source>Change momentum</source>
        <translation>모멘텀 변경</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>Looks where momentum is about to carry it, and takes the slope there.</source>
        <translation>모멘텀이 곧 데려갈 지점을 내다보고 그곳의 기울기를 씁니다.</translation>
    </message>
    <message>
        <source>Change Nesterov</source>
        <translation>Nesterov 변경</translation>
    </message>
    <message>
        <source>Change batch size</source>
        <translation>배치 크기 변경</translation>
    </message>
    <message>
        <source>Change epochs</source>
        <translation>에포크 변경</translation>
    </message>
    <message>
        <source>never</source>
        <translation>안 함</translation>
    </message>
    <message>
        <source>Change early stopping</source>
        <translation>조기 종료 변경</translation>
    </message>
    <message>
        <source>Change seed</source>
        <translation>시드 변경</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>클래스 가중치</translation>
    </message>
    <message>
        <source>Lets each window of a rare class count for more, so that all classes weigh alike.</source>
        <translation>드문 클래스의 윈도우를 더 크게 반영하여 모든 클래스의 비중을 같게 합니다.</translation>
    </message>
    <message>
        <source>Change class weights</source>
        <translation>클래스 가중치 변경</translation>
    </message>
    <message>
        <source>How much of the last step is kept in the next, as a ball keeps rolling. 0 is none.</source>
        <translation>지난 걸음을 다음 걸음에 얼마나 남길지 정합니다. 공이 계속 구르는 것과 같습니다. 0이면 남기지 않습니다.</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>옵티마이저</translation>
    </message>
    <message>
        <source>The rule by which the loss is followed downhill.</source>
        <translation>손실을 따라 내려가는 규칙입니다.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>How large a step each update takes. Too large and the loss jumps about or grows; too small and it hardly falls. 0.001 is a good start.</source>
        <translation>업데이트마다 내딛는 걸음의 크기입니다. 너무 크면 손실이 출렁이거나 커지고, 너무 작으면 거의 줄지 않습니다. 0.001로 시작하면 좋습니다.</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>배치 크기</translation>
    </message>
    <message>
        <source>How many windows the network looks at before it corrects its weights once. Smaller batches make more, and noisier, updates.</source>
        <translation>네트워크가 가중치를 한 번 고치기 전에 보는 윈도우 수입니다. 배치가 작을수록 업데이트가 많아지고 더 출렁입니다.</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>학습 시각</translation>
    </message>
    <message>
        <source>When it began.</source>
        <translation>학습을 시작한 때입니다.</translation>
    </message>
    <message>
        <source>The preset it started from.</source>
        <translation>출발점이 된 프리셋입니다.</translation>
    </message>
    <message>
        <source>The numbers it has learnt.</source>
        <translation>학습한 숫자의 개수입니다.</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>How often it saw every training window.</source>
        <translation>모든 학습 윈도우를 본 횟수입니다.</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Accuracy at the epoch that was kept; for numbers the mean absolute error.</source>
        <translation>보관한 에포크의 정확도입니다. 숫자 과제에서는 평균 절대 오차입니다.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>테스트</translation>
    </message>
    <message>
        <source>On windows held back to the end, in float on the PC.</source>
        <translation>끝까지 남겨 둔 윈도우에서 PC의 부동소수점으로 계산한 결과입니다.</translation>
    </message>
    <message>
        <source>int8</source>
        <translation>int8</translation>
    </message>
    <message>
        <source>The same windows in 8-bit numbers, as the board computes.</source>
        <translation>같은 윈도우를 보드가 계산하는 방식인 8비트 숫자로 계산한 결과입니다.</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>{optimizer}, learning rate {rate}, batches of {batch}, seed {seed}</source>
        <translation>{optimizer}, 학습률 {rate}, 배치 {batch}, 시드 {seed}</translation>
    </message>
    <message>
        <source>How often the network sees every training window, at most.</source>
        <translation>네트워크가 모든 학습 윈도우를 보는 최대 횟수입니다.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>The figure that training makes small: how wrong the answers are.</source>
        <translation>학습이 줄여 가는 값으로, 답이 얼마나 틀렸는지를 나타냅니다.</translation>
    </message>
    <message>
        <source>Stop early after</source>
        <translation>조기 종료 기준</translation>
    </message>
    <message>
        <source>How many epochs may pass without a better validation loss. Training on would only learn by heart. The best epoch is kept either way.</source>
        <translation>검증 손실이 나아지지 않은 채 지나가도 되는 에포크 수입니다. 그 뒤로 더 학습하면 외우기만 하게 됩니다. 어느 쪽이든 가장 좋은 에포크를 보관합니다.</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Fixes every random choice: the same seed gives the same training again.</source>
        <translation>모든 무작위 선택을 고정합니다. 시드가 같으면 학습 결과도 같습니다.</translation>
    </message>
    <message>
        <source>Change optimizer</source>
        <translation>옵티마이저 변경</translation>
    </message>
    <message>
        <source>Change loss</source>
        <translation>손실 변경</translation>
    </message>
    <message>
        <source>{windows} windows in batches of {batch}: {updates} updates per epoch, {total} at most in all</source>
        <translation>윈도우 {windows}개, 배치 크기 {batch}: 에포크당 업데이트 {updates}회, 모두 최대 {total}회</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>프로젝트</translation>
    </message>
    <message>
        <source>Open, make or close a project</source>
        <translation>프로젝트 열기, 만들기, 닫기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Project {name}</source>
        <translation>프로젝트 {name}</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>새 프로젝트…</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>프로젝트 열기…</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>프로젝트 닫기</translation>
    </message>
    <message>
        <source>Open a sample project</source>
        <translation>예제 프로젝트 열기</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정에 따름</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>새 프로젝트</translation>
    </message>
    <message>
        <source>My project</source>
        <translation>내 프로젝트</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>In the folder</source>
        <translation>저장할 폴더</translation>
    </message>
    <message>
        <source>Make project</source>
        <translation>프로젝트 만들기</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>프로젝트 열기</translation>
    </message>
    <message>
        <source>My first project</source>
        <translation>내 첫 프로젝트</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>닫힘</translation>
    </message>
    <message>
        <source>opening…</source>
        <translation>여는 중…</translation>
    </message>
    <message>
        <source>lost, waiting for it</source>
        <translation>끊김, 다시 연결되기를 기다리는 중</translation>
    </message>
    <message>
        <source>lent for a moment</source>
        <translation>잠시 빌려줌</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message>
        <source>Needs no hardware</source>
        <translation>하드웨어가 필요 없음</translation>
    </message>
    <message>
        <source>Plugged in at {port}</source>
        <translation>{port}에 꽂혀 있음</translation>
    </message>
    <message>
        <source>Not plugged in</source>
        <translation>연결되지 않음</translation>
    </message>
    <message>
        <source>Busy at {port}</source>
        <translation>{port}에서 작업 중</translation>
    </message>
    <message>
        <source>It went away; waiting for it to come back</source>
        <translation>연결이 사라졌습니다. 돌아오기를 기다리는 중입니다</translation>
    </message>
    <message>
        <source>Connected at {port}, firmware {version}</source>
        <translation>{port}에 연결됨, 펌웨어 {version}</translation>
    </message>
    <message>
        <source>At {port}, without the studio&apos;s firmware: it is installed first, in place of what runs there now.</source>
        <translation>{port}에 있으며 스튜디오의 펌웨어가 없습니다. 지금 실행 중인 것 대신 펌웨어를 먼저 설치합니다.</translation>
    </message>
    <message>
        <source>It runs a sketch of its own. </source>
        <translation>자체 스케치를 실행하고 있습니다. </translation>
    </message>
    <message>
        <source>Asking who it is…</source>
        <translation>어떤 보드인지 묻는 중…</translation>
    </message>
    <message>
        <source>Not in this version yet: the studio cannot install its firmware on it.</source>
        <translation>이 버전에서는 아직 지원하지 않습니다. 스튜디오가 이 보드에 펌웨어를 설치할 수 없습니다.</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>보드</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>작업 중…</translation>
    </message>
    <message>
        <source>{step}: {percent:.0f} %</source>
        <translation>{step}: {percent:.0f} %</translation>
    </message>
    <message>
        <source>Watch what the sensor says and record it.</source>
        <translation>센서가 보내는 값을 보고 기록합니다.</translation>
    </message>
    <message>
        <source>Mark in the recordings what happens where.</source>
        <translation>기록의 어디에서 무슨 일이 일어나는지 표시합니다.</translation>
    </message>
    <message>
        <source>Stack layers into a network that fits the board.</source>
        <translation>레이어를 쌓아 보드에 맞는 네트워크를 만듭니다.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Let the network learn, and see how well it does</source>
        <translation>네트워크를 학습시키고 성능을 확인합니다</translation>
    </message>
    <message>
        <source>Nothing to learn from yet</source>
        <translation>아직 학습할 것이 없습니다</translation>
    </message>
    <message>
        <source>A network learns from examples. Record a few takes of each class first.</source>
        <translation>네트워크는 예시에서 배웁니다. 먼저 클래스마다 테이크를 몇 개씩 기록하세요.</translation>
    </message>
    <message>
        <source>No labels yet</source>
        <translation>아직 라벨이 없습니다</translation>
    </message>
    <message>
        <source>Say in your recordings what happens where: that is what the network learns.</source>
        <translation>기록의 어디에서 무슨 일이 일어나는지 표시하세요. 네트워크는 그것을 학습합니다.</translation>
    </message>
    <message>
        <source>Solid: training. Dashed: validation, windows it does not learn from. The dot marks the best epoch, whose network is kept.</source>
        <translation>실선: 학습. 점선: 검증, 곧 학습에 쓰지 않는 윈도우. 점은 가장 좋은 에포크이며, 그때의 네트워크를 보관합니다.</translation>
    </message>
    <message>
        <source>The board&apos;s own answers, as they come.</source>
        <translation>보드가 직접 낸 답이 나오는 대로 표시됩니다.</translation>
    </message>
    <message>
        <source>Half of the last 64 windows took the board less time than this, half more.</source>
        <translation>최근 윈도우 64개 중 절반은 이보다 빨랐고 절반은 느렸습니다.</translation>
    </message>
    <message>
        <source>Median time</source>
        <translation>시간 (중앙값)</translation>
    </message>
    <message>
        <source>Windows a second</source>
        <translation>초당 윈도우 수</translation>
    </message>
    <message>
        <source>Unsure below</source>
        <translation>불확실 기준</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>The board has an older run than the latest training.</source>
        <translation>보드에 있는 것은 최신 학습보다 오래된 실행입니다.</translation>
    </message>
    <message>
        <source>Confidence threshold: an answer whose best score is lower is shown as unsure. Higher gives fewer wrong answers, and fewer answers.</source>
        <translation>신뢰도 임계값: 가장 높은 점수가 이보다 낮은 답은 불확실로 표시합니다. 높일수록 틀린 답이 줄고, 답의 수도 줄어듭니다.</translation>
    </message>
    <message>
        <source>Ends the training and keeps the best epoch (Ctrl+Return).</source>
        <translation>학습을 끝내고 가장 좋은 에포크를 보관합니다 (Ctrl+Return).</translation>
    </message>
    <message>
        <source>Trains the network in the background (Ctrl+Return).</source>
        <translation>백그라운드에서 네트워크를 학습시킵니다 (Ctrl+Return).</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>열린 프로젝트가 없습니다.</translation>
    </message>
    <message>
        <source>Other work is still running. Wait until it ends, or stop it.</source>
        <translation>다른 작업이 아직 실행 중입니다. 끝날 때까지 기다리거나 중지하세요.</translation>
    </message>
    <message>
        <source>Record and label something first.</source>
        <translation>먼저 기록하고 라벨을 지정하세요.</translation>
    </message>
    <message>
        <source>Not trained yet</source>
        <translation>아직 학습하지 않음</translation>
    </message>
    <message>
        <source>Press Train: the curves below fill epoch by epoch, and the best is kept.</source>
        <translation>“학습” 버튼을 누르세요. 아래 곡선이 에포크마다 채워지고, 가장 좋은 결과를 보관합니다.</translation>
    </message>
    <message>
        <source>{count} runs compared</source>
        <translation>실행 {count}개 비교</translation>
    </message>
    <message>
        <source>The colours are those of the rows below.</source>
        <translation>색은 아래 행의 색과 같습니다.</translation>
    </message>
    <message>
        <source>Stopped before anything was learnt; there is nothing to keep.</source>
        <translation>학습되기 전에 중지되어 보관할 것이 없습니다.</translation>
    </message>
    <message>
        <source>Let the network learn, and see how well it does on windows it never saw.</source>
        <translation>네트워크를 학습시키고, 본 적 없는 윈도우에서 성능을 확인합니다.</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>배포</translation>
    </message>
    <message>
        <source>Bring the network onto the board.</source>
        <translation>네트워크를 보드에 올립니다.</translation>
    </message>
    <message>
        <source>Convert, flash and check</source>
        <translation>변환, 플래시, 확인</translation>
    </message>
    <message>
        <source>No trained network yet</source>
        <translation>아직 학습된 네트워크가 없습니다</translation>
    </message>
    <message>
        <source>Train a network first. Then one button shrinks it to 8-bit numbers, puts it on the board, and checks there that it answers as it does here.</source>
        <translation>먼저 네트워크를 학습시키세요. 그런 다음 버튼 하나로 네트워크를 8비트 숫자로 줄여 보드에 올리고, 여기에서와 똑같이 답하는지 보드에서 확인합니다.</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>학습으로 이동</translation>
    </message>
    <message>
        <source>Train a network first.</source>
        <translation>먼저 네트워크를 학습시키세요.</translation>
    </message>
    <message>
        <source>Choose a board first.</source>
        <translation>먼저 보드를 선택하세요.</translation>
    </message>
    <message>
        <source>Other work is under way.</source>
        <translation>다른 작업이 진행 중입니다.</translation>
    </message>
    <message>
        <source>Shrinks the network to int8, sends it, and replays held-out windows there.</source>
        <translation>네트워크를 int8로 줄여 보내고, 남겨 둔 윈도우를 보드에서 다시 재생합니다.</translation>
    </message>
    <message>
        <source>The {board} does not measure {channels}. The check works, for it sends the windows along; on its own sensor the network cannot run there.</source>
        <translation>{board} 보드는 {channels}을(를) 측정하지 않습니다. 확인은 윈도우를 함께 보내므로 가능하지만, 보드 자체 센서로는 네트워크를 실행할 수 없습니다.</translation>
    </message>
    <message>
        <source>Shrink the network to 8-bit numbers and put it on the board.</source>
        <translation>네트워크를 8비트 숫자로 줄여 보드에 올립니다.</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Watch the board itself answer, as it happens.</source>
        <translation>보드가 직접 답하는 모습을 실시간으로 봅니다.</translation>
    </message>
    <message>
        <source>Go to Deploy</source>
        <translation>배포로 이동</translation>
    </message>
    <message>
        <source>Connect again</source>
        <translation>다시 연결</translation>
    </message>
    <message>
        <source>The board went away.</source>
        <translation>보드 연결이 사라졌습니다.</translation>
    </message>
    <message>
        <source>It goes on by itself when it comes back.</source>
        <translation>보드가 돌아오면 저절로 이어집니다.</translation>
    </message>
    <message>
        <source>{why} {action}</source>
        <translation>{why} {action}</translation>
    </message>
    <message>
        <source>No board answers.</source>
        <translation>응답하는 보드가 없습니다.</translation>
    </message>
    <message>
        <source>The board began to send other channels.</source>
        <translation>보드가 다른 채널을 보내기 시작했습니다.</translation>
    </message>
    <message>
        <source>The board went away before the end.</source>
        <translation>끝나기 전에 보드 연결이 사라졌습니다.</translation>
    </message>
    <message>
        <source>The board began to send other channels, or started anew.</source>
        <translation>보드가 다른 채널을 보내기 시작했거나 다시 시작되었습니다.</translation>
    </message>
    <message>
        <source>The disk takes no more.</source>
        <translation>디스크에 더 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>Choose the task</source>
        <translation>과제 선택</translation>
    </message>
    <message>
        <source>The recording ended after {seconds:.1f} s.</source>
        <translation>기록이 {seconds:.1f}초 만에 끝났습니다.</translation>
    </message>
    <message>
        <source>What came before is kept as “{name}”; record again.</source>
        <translation>그전까지의 내용은 “{name}”에 보관했습니다. 다시 기록하세요.</translation>
    </message>
    <message>
        <source>No board is connected.</source>
        <translation>연결된 보드가 없습니다.</translation>
    </message>
    <message>
        <source>Choose a port, or the simulated board.</source>
        <translation>포트 또는 가상 보드를 선택하세요.</translation>
    </message>
    <message>
        <source>The recording ended early; what was measured until then is kept.</source>
        <translation>기록이 일찍 끝났습니다. 그때까지 측정한 내용은 보관했습니다.</translation>
    </message>
    <message>
        <source>Record {name}</source>
        <translation>{name} 기록</translation>
    </message>
    <message>
        <source>a recording</source>
        <translation>테이크</translation>
    </message>
    <message>
        <source>{count} recordings were imported.</source>
        <translation>기록 {count}개를 가져왔습니다.</translation>
    </message>
    <message>
        <source>Their labels come from the files, or their names.</source>
        <translation>라벨은 파일의 내용이나 파일 이름에서 가져옵니다.</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>환영합니다</translation>
    </message>
    <message>
        <source>Teach a board to recognise what its sensors feel</source>
        <translation>센서가 느끼는 것을 알아보도록 보드를 가르치세요</translation>
    </message>
    <message>
        <source>Record a movement, a sound or any other signal, name it, and train a small neural network that runs on the board itself. Nothing leaves this computer.</source>
        <translation>움직임, 소리 또는 다른 신호를 기록하고 이름을 붙인 다음, 보드에서 직접 실행되는 작은 신경망을 학습시키세요. 어떤 데이터도 이 컴퓨터를 벗어나지 않습니다.</translation>
    </message>
    <message>
        <source>Start with the simulated board</source>
        <translation>가상 보드로 시작</translation>
    </message>
    <message>
        <source>No hardware needed: a pretend hand holds a motion sensor.</source>
        <translation>하드웨어가 필요 없습니다. 가상 손이 움직임 센서를 쥐고 있습니다.</translation>
    </message>
    <message>
        <source>Connect a board…</source>
        <translation>보드 연결…</translation>
    </message>
    <message>
        <source>An ESP32, an Arduino, or anything that prints numbers.</source>
        <translation>ESP32, 아두이노, 또는 숫자를 출력하는 어떤 장치든 됩니다.</translation>
    </message>
    <message>
        <source>Recordings and a network to take apart.</source>
        <translation>자유롭게 살펴볼 수 있는 기록과 네트워크입니다.</translation>
    </message>
    <message>
        <source>Empty, for your own files.</source>
        <translation>가지고 있는 파일로 시작하는 빈 프로젝트입니다.</translation>
    </message>
    <message>
        <source>A folder you made before.</source>
        <translation>전에 만든 폴더입니다.</translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation>최근에 연 프로젝트</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>{right} of {total} windows right</source>
        <translation>윈도우 {total}개 중 {right}개 정답</translation>
    </message>
    <message>
        <source>{count} of {total} windows of “{truth}” were recognised.</source>
        <translation>“{truth}” 윈도우 {total}개 중 {count}개를 알아맞혔습니다.</translation>
    </message>
    <message>
        <source>{count} of {total} windows of “{truth}” were taken for “{answer}”.</source>
        <translation>“{truth}” 윈도우 {total}개 중 {count}개를 “{answer}”(으)로 잘못 판단했습니다.</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>circle</source>
        <translation>원</translation>
    </message>
    <message>
        <source>shake</source>
        <translation>흔들기</translation>
    </message>
    <message>
        <source>tap</source>
        <translation>두드리기</translation>
    </message>
    <message>
        <source>wave</source>
        <translation>손 흔들기</translation>
    </message>
    <message>
        <source>Simulated hand</source>
        <translation>가상 손</translation>
    </message>
    <message>
        <source>There is no hardware: a small physical model moves a motion sensor.</source>
        <translation>하드웨어가 없습니다. 작은 물리 모델이 움직임 센서를 움직입니다.</translation>
    </message>
    <message>
        <source>Let the hand do this until you choose something else</source>
        <translation>다른 것을 고를 때까지 손이 이 동작을 계속합니다</translation>
    </message>
    <message>
        <source>Signal plot</source>
        <translation>신호 그래프</translation>
    </message>
    <message>
        <source>Time shown</source>
        <translation>표시 시간</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>최신</translation>
    </message>
    <message>
        <source>Follow the newest samples</source>
        <translation>최신 샘플 따라가기</translation>
    </message>
    <message>
        <source>Lock scale</source>
        <translation>스케일 고정</translation>
    </message>
    <message>
        <source>Keep the amplitude scale as it is now</source>
        <translation>진폭 스케일을 지금 그대로 유지합니다</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Fit the amplitude scale to what is shown</source>
        <translation>표시된 내용에 진폭 스케일을 맞춥니다</translation>
    </message>
    <message>
        <source>Show or hide {channel}</source>
        <translation>{channel} 표시 또는 숨기기</translation>
    </message>
    <message>
        <source>Add label</source>
        <translation>라벨 추가</translation>
    </message>
    <message>
        <source>Move label</source>
        <translation>라벨 이동</translation>
    </message>
    <message>
        <source>Resize label</source>
        <translation>라벨 크기 조정</translation>
    </message>
    <message>
        <source>Cut label</source>
        <translation>라벨 자르기</translation>
    </message>
    <message>
        <source>Delete label</source>
        <translation>라벨 삭제</translation>
    </message>
    <message>
        <source>Change label</source>
        <translation>라벨 변경</translation>
    </message>
    <message>
        <source>{count} labels, none selected</source>
        <translation>라벨 {count}개, 선택 없음</translation>
    </message>
    <message>
        <source>Label {name} from {start} to {stop} selected</source>
        <translation>라벨 {name} 선택됨, {start}부터 {stop}까지</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Onto the board</source>
        <translation>보드에 올리기</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>중지하는 중…</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Check of the board</source>
        <translation>보드 점검</translation>
    </message>
    <message>
        <source>The board passed every check.</source>
        <translation>보드가 모든 점검을 통과했습니다.</translation>
    </message>
    <message>
        <source>The board did not pass every check.</source>
        <translation>보드가 통과하지 못한 점검이 있습니다.</translation>
    </message>
    <message>
        <source>{board}, firmware {firmware}, serial {serial}</source>
        <translation>{board}, 펌웨어 {firmware}, 시리얼 번호 {serial}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>통과</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>보고서 저장…</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>보고서 저장</translation>
    </message>
    <message>
        <source>Text files (*.txt)</source>
        <translation>텍스트 파일 (*.txt)</translation>
    </message>
    <message>
        <source>The report cannot be saved: {error}</source>
        <translation>보고서를 저장할 수 없습니다: {error}</translation>
    </message>
    <message>
        <source>Something went wrong inside the studio</source>
        <translation>스튜디오 안에서 문제가 생겼습니다</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>보고서 복사</translation>
    </message>
    <message>
        <source>Open the folder of logs</source>
        <translation>로그 폴더 열기</translation>
    </message>
    <message>
        <source>This is a defect in the studio, not your doing.</source>
        <translation>스튜디오의 결함이며 사용자의 잘못이 아닙니다.</translation>
    </message>
    <message>
        <source>The studio goes on. Your project is saved as you work; if a page no longer behaves, start the studio anew. Whoever mends this needs the report below. It names folders of this computer: read it before you send it.</source>
        <translation>스튜디오는 계속 실행됩니다. 프로젝트는 작업하는 동안 저장됩니다. 화면이 제대로 움직이지 않으면 스튜디오를 다시 시작하십시오. 고치는 사람에게는 아래 보고서가 필요합니다. 이 컴퓨터의 폴더 이름이 들어 있으니 보내기 전에 읽어 보십시오.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사했습니다</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>중지됨</translation>
    </message>
    <message>
        <source>about a second left</source>
        <translation>약 1초 남음</translation>
    </message>
    <message>
        <source>about {seconds:.0f} s left</source>
        <translation>약 {seconds:.0f}초 남음</translation>
    </message>
    <message>
        <source>about {minutes:.0f} min left</source>
        <translation>약 {minutes:.0f}분 남음</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>바꾸기</translation>
    </message>
    <message>
        <source>Stopped by you.</source>
        <translation>사용자가 중지했습니다.</translation>
    </message>
    <message>
        <source>The board may have no model now.</source>
        <translation>지금 보드에 모델이 없을 수 있습니다.</translation>
    </message>
    <message>
        <source>Nothing is lost: the next try brings it back.</source>
        <translation>보드는 망가지지 않았습니다. 다시 시도하면 되살아납니다.</translation>
    </message>
    <message>
        <source>Window {number}, {start} to {stop}</source>
        <translation>윈도우 {number}, {start}부터 {stop}까지</translation>
    </message>
    <message>
        <source>{where}: {label}</source>
        <translation>{where}: {label}</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>{where}: left out, for two labels claim it</source>
        <translation>{where}: 두 라벨이 겹쳐 제외됨</translation>
    </message>
    <message>
        <source>{where}: left out, for no label covers enough of it</source>
        <translation>{where}: 충분히 덮는 라벨이 없어 제외됨</translation>
    </message>
    <message>
        <source>Pictures of the windows</source>
        <translation>윈도우 그림</translation>
    </message>
    <message>
        <source>two labels</source>
        <translation>라벨 둘</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>라벨 없음</translation>
    </message>
    <message>
        <source>number</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>윈도우</translation>
    </message>
    <message>
        <source>How much of the signal the network sees at once: long enough to hold what you want to recognise, and no longer, for the board pays for every sample.</source>
        <translation>네트워크가 한 번에 보는 신호의 길이입니다. 알아볼 것이 담길 만큼만 길게 하세요. 샘플이 늘수록 보드의 부담도 커집니다.</translation>
    </message>
    <message>
        <source>How far the next window starts behind the last. Half a window is usual; a smaller stride makes more, and more alike, windows.</source>
        <translation>다음 윈도우가 이전 윈도우보다 얼마나 뒤에서 시작하는지 정합니다. 보통 윈도우의 절반입니다. 스트라이드가 작을수록 윈도우가 많아지고 서로 더 비슷해집니다.</translation>
    </message>
    <message>
        <source>Choose from the data</source>
        <translation>데이터에 맞춰 선택</translation>
    </message>
    <message>
        <source>Forget the window and stride set here and take what fits.</source>
        <translation>여기에서 정한 윈도우와 스트라이드를 버리고 알맞은 값을 씁니다.</translation>
    </message>
    <message>
        <source>Change window</source>
        <translation>윈도우 변경</translation>
    </message>
    <message>
        <source>Change stride</source>
        <translation>스트라이드 변경</translation>
    </message>
    <message>
        <source>There is no board program yet.</source>
        <translation>아직 보드 프로그램이 없습니다.</translation>
    </message>
    <message>
        <source>Convert the network first.</source>
        <translation>먼저 네트워크를 변환하세요.</translation>
    </message>
    <message>
        <source>This board program is for another kind of board.</source>
        <translation>이 보드 프로그램은 다른 종류의 보드용입니다.</translation>
    </message>
    <message>
        <source>It was compiled for {target}.</source>
        <translation>{target}용으로 컴파일되었습니다.</translation>
    </message>
    <message>
        <source>Convert the network for the board it is to run on.</source>
        <translation>실행할 보드에 맞추어 네트워크를 변환하세요.</translation>
    </message>
    <message>
        <source>There is nothing to check the board with.</source>
        <translation>보드를 확인할 데이터가 없습니다.</translation>
    </message>
    <message>
        <source>No window is held out for testing.</source>
        <translation>테스트용으로 남겨 둔 윈도우가 없습니다.</translation>
    </message>
    <message>
        <source>Loading TensorFlow</source>
        <translation>TensorFlow 불러오기</translation>
    </message>
    <message>
        <source>Preparing the data</source>
        <translation>데이터 준비</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>평가</translation>
    </message>
    <message>
        <source>Converting to int8</source>
        <translation>int8로 변환</translation>
    </message>
    <message>
        <source>Flashing</source>
        <translation>플래시</translation>
    </message>
    <message>
        <source>Checking on the board</source>
        <translation>보드에서 확인</translation>
    </message>
    <message>
        <source>The worker process was ended by signal {number}.</source>
        <translation>작업 프로세스가 신호 {number}에 의해 종료되었습니다.</translation>
    </message>
    <message>
        <source>The worker process ended with code {code}.</source>
        <translation>작업 프로세스가 코드 {code}(으)로 끝났습니다.</translation>
    </message>
    <message>
        <source>The work was broken off; what was saved before is not lost.</source>
        <translation>작업이 중단되었습니다. 그전에 저장한 내용은 사라지지 않았습니다.</translation>
    </message>
    <message>
        <source>Start it again. If it ends again, the log says more.</source>
        <translation>다시 시작하세요. 또 끝나면 로그에서 자세한 내용을 확인하세요.</translation>
    </message>
    <message>
        <source>The run {id} no longer belongs to this data.</source>
        <translation>실행 {id}은(는) 더 이상 이 데이터와 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Recordings or labels have changed since it was trained.</source>
        <translation>학습한 뒤에 기록이나 라벨이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>Train again.</source>
        <translation>다시 학습하세요.</translation>
    </message>
    <message>
        <source>This cannot start yet.</source>
        <translation>아직 시작할 수 없습니다.</translation>
    </message>
    <message>
        <source>Other work is still running.</source>
        <translation>다른 작업이 아직 실행 중입니다.</translation>
    </message>
    <message>
        <source>Wait until it ends, or stop it.</source>
        <translation>끝날 때까지 기다리거나 중지하세요.</translation>
    </message>
    <message>
        <source>The worker process did not start.</source>
        <translation>작업 프로세스가 시작되지 않았습니다.</translation>
    </message>
    <message>
        <source>{error}</source>
        <translation>{error}</translation>
    </message>
    <message>
        <source>Start the studio again; if that does not help, install it anew.</source>
        <translation>스튜디오를 다시 시작하세요. 그래도 안 되면 다시 설치하세요.</translation>
    </message>
    <message>
        <source>The trained network cannot be saved.</source>
        <translation>학습된 네트워크를 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>The converted network cannot be saved.</source>
        <translation>변환된 네트워크를 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>flash</source>
        <translation>플래시</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>The network does not fit the {board}.</source>
        <translation>네트워크가 {board} 보드에 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>It needs {needed} bytes of {memory}; the board keeps {offered} for it.</source>
        <translation>{memory} {needed}바이트가 필요하지만, 보드에서 쓸 수 있는 것은 {offered}바이트입니다.</translation>
    </message>
    <message>
        <source>Use a smaller network, or shorter windows.</source>
        <translation>더 작은 네트워크나 더 짧은 윈도우를 사용하세요.</translation>
    </message>
    <message>
        <source>It is not JSON.</source>
        <translation>JSON이 아닙니다.</translation>
    </message>
    <message>
        <source>It is no message of the worker.</source>
        <translation>작업 프로세스의 메시지가 아닙니다.</translation>
    </message>
    <message>
        <source>It carries no result.</source>
        <translation>결과가 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Nothing is called &quot;{kind}&quot; here.</source>
        <translation>여기에는 &quot;{kind}&quot;(이)라는 것이 없습니다.</translation>
    </message>
    <message>
        <source>It carries no sentence.</source>
        <translation>문장이 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>This network cannot be built.</source>
        <translation>이 네트워크는 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>Mend it on the Design page.</source>
        <translation>설계 페이지에서 고치세요.</translation>
    </message>
    <message>
        <source>The network cannot be converted to int8.</source>
        <translation>네트워크를 int8로 변환할 수 없습니다.</translation>
    </message>
    <message>
        <source>TensorFlow Lite says: {reason}</source>
        <translation>TensorFlow Lite 메시지: {reason}</translation>
    </message>
    <message>
        <source>Replace the layer it names on the Design page.</source>
        <translation>메시지에 나온 레이어를 설계 페이지에서 바꾸세요.</translation>
    </message>
    <message>
        <source>The trained network cannot be read.</source>
        <translation>학습된 네트워크를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The loss {loss} does not suit this task.</source>
        <translation>손실 {loss}은(는) 이 과제에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Choose {usual}, or let the studio choose.</source>
        <translation>{usual}을(를) 선택하거나 스튜디오에 맡기세요.</translation>
    </message>
    <message>
        <source>The training came apart in epoch {epoch}.</source>
        <translation>에포크 {epoch}에서 학습이 발산했습니다.</translation>
    </message>
    <message>
        <source>The loss grew beyond all numbers.</source>
        <translation>손실이 숫자로 나타낼 수 없을 만큼 커졌습니다.</translation>
    </message>
    <message>
        <source>Choose a smaller learning rate, or normalise the data.</source>
        <translation>더 작은 학습률을 선택하거나 데이터를 정규화하세요.</translation>
    </message>
    <message>
        <source>The simulated board has died.</source>
        <translation>가상 보드가 멈췄습니다.</translation>
    </message>
    <message>
        <source>A fault that was asked for ended it.</source>
        <translation>요청된 오류 때문에 종료되었습니다.</translation>
    </message>
    <message>
        <source>The simulated board loses samples on the way.</source>
        <translation>가상 보드의 샘플이 도중에 손실되고 있습니다.</translation>
    </message>
    <message>
        <source>This computer is too busy to read them in time.</source>
        <translation>이 컴퓨터가 너무 바빠 제때 읽지 못합니다.</translation>
    </message>
    <message>
        <source>Close other programs, then start the demo again.</source>
        <translation>다른 프로그램을 닫은 다음 데모를 다시 시작하세요.</translation>
    </message>
    <message>
        <source>Choose windows</source>
        <translation>윈도우 선택</translation>
    </message>
    <message>
        <source>Choose the training</source>
        <translation>학습 설정 선택</translation>
    </message>
    <message>
        <source>The board cannot run a network.</source>
        <translation>보드가 네트워크를 실행할 수 없습니다.</translation>
    </message>
    <message>
        <source>It does not speak the studio&apos;s protocol.</source>
        <translation>스튜디오의 프로토콜을 사용하지 않습니다.</translation>
    </message>
    <message>
        <source>Flash a network first, or leave --run out.</source>
        <translation>먼저 네트워크를 플래시하거나 --run을 빼세요.</translation>
    </message>
    <message>
        <source>{used} of {budget}</source>
        <translation>{used} / {budget}</translation>
    </message>
    <message>
        <source>{flash} for the model, {memory} to compute in</source>
        <translation>모델에 {flash}, 계산에 {memory}</translation>
    </message>
    <message>
        <source>TensorFlow Lite network (.tflite)…</source>
        <translation>TensorFlow Lite 네트워크 (.tflite)…</translation>
    </message>
    <message>
        <source>The int8 network alone, for any tool that reads TensorFlow Lite.</source>
        <translation>int8 네트워크만 담으며, TensorFlow Lite를 읽는 모든 도구에서 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>C header (.h)…</source>
        <translation>C 헤더 (.h)…</translation>
    </message>
    <message>
        <source>The network, its scaling and its labels as arrays, to build into your own sketch.</source>
        <translation>네트워크와 스케일링, 라벨을 배열로 담아 자신의 스케치에 넣을 수 있습니다.</translation>
    </message>
    <message>
        <source>Keras script with its data (.py, .npz)…</source>
        <translation>데이터가 포함된 Keras 스크립트 (.py, .npz)…</translation>
    </message>
    <message>
        <source>A Python program that builds and trains this very network on your windows.</source>
        <translation>바로 이 네트워크를 만들어 사용자의 윈도우로 학습시키는 Python 프로그램입니다.</translation>
    </message>
    <message>
        <source>Project in one file (.tinywright)…</source>
        <translation>파일 하나로 된 프로젝트 (.tinywright)…</translation>
    </message>
    <message>
        <source>The whole project in one file, to keep or to hand on.</source>
        <translation>보관하거나 전달할 수 있도록 프로젝트 전체를 파일 하나에 담습니다.</translation>
    </message>
    <message>
        <source>{tip} Convert the network first.</source>
        <translation>{tip} 먼저 네트워크를 변환하세요.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Exported {files}.</source>
        <translation>{files}을(를) 내보냈습니다.</translation>
    </message>
    <message>
        <source>In the folder {folder}.</source>
        <translation>폴더: {folder}</translation>
    </message>
    <message>
        <source>Answers of the board</source>
        <translation>보드의 답</translation>
    </message>
    <message>
        <source>The network is on the {board} and answers there as on this computer, byte for byte, on all {windows} held-out windows.</source>
        <translation>네트워크가 {board} 보드에 있으며, 남겨 둔 윈도우 {windows}개 모두에서 이 컴퓨터와 바이트 단위까지 똑같이 답합니다.</translation>
    </message>
    <message>
        <source>The network is on the {board}, but answers otherwise than on this computer on {count} of {windows} held-out windows.</source>
        <translation>네트워크가 {board} 보드에 있지만, 남겨 둔 윈도우 {windows}개 중 {count}개에서 이 컴퓨터와 다르게 답합니다.</translation>
    </message>
    <message>
        <source>On the board</source>
        <translation>보드에서</translation>
    </message>
    <message>
        <source>Same bytes</source>
        <translation>바이트 일치율</translation>
    </message>
    <message>
        <source>On how many held-out windows the board&apos;s answer equals int8 on this computer in every byte. Anything below 100 % means that the board computes something else.</source>
        <translation>남겨 둔 윈도우 중 보드의 답이 이 컴퓨터의 int8 결과와 모든 바이트에서 같은 비율입니다. 100 %보다 낮으면 보드가 다르게 계산하고 있다는 뜻입니다.</translation>
    </message>
    <message>
        <source>Median time a window</source>
        <translation>윈도우당 시간 (중앙값)</translation>
    </message>
    <message>
        <source>Measured by the board itself, from sensor values to the answer: half of the windows took less, half more.</source>
        <translation>보드가 센서값에서 답을 내기까지 직접 잰 시간입니다. 윈도우의 절반은 이보다 빨랐고 절반은 느렸습니다.</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>What the board stores: the network, its scaling and its labels.</source>
        <translation>보드가 저장하는 것: 네트워크, 스케일링, 라벨.</translation>
    </message>
    <message>
        <source>Arena</source>
        <translation>아레나</translation>
    </message>
    <message>
        <source>The working memory in which the network computes its layers.</source>
        <translation>네트워크가 레이어를 계산할 때 쓰는 작업 메모리입니다.</translation>
    </message>
    <message>
        <source>Network file</source>
        <translation>네트워크 파일</translation>
    </message>
    <message>
        <source>The .tflite alone: weights and biases as 8-bit numbers.</source>
        <translation>.tflite 파일만의 크기: 8비트 숫자로 된 가중치와 편향.</translation>
    </message>
    <message>
        <source>{percent:.4g} % of {windows} windows</source>
        <translation>윈도우 {windows}개 중 {percent:.4g} %</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} ms</translation>
    </message>
    <message>
        <source>Float, on this computer</source>
        <translation>부동소수점, 이 컴퓨터</translation>
    </message>
    <message>
        <source>The network as it was trained, in 32-bit floating point, by Keras.</source>
        <translation>학습된 그대로의 네트워크를 Keras가 32비트 부동소수점으로 계산합니다.</translation>
    </message>
    <message>
        <source>int8, on this computer</source>
        <translation>int8, 이 컴퓨터</translation>
    </message>
    <message>
        <source>After conversion: every weight and value is one of 256 whole numbers. The reference kernels compute it, as the board should.</source>
        <translation>변환한 뒤의 결과입니다. 모든 가중치와 값이 256개 정수 중 하나입니다. 보드가 해야 할 계산을 기준 커널로 수행합니다.</translation>
    </message>
    <message>
        <source>int8, on the board</source>
        <translation>int8, 보드</translation>
    </message>
    <message>
        <source>The same held-out windows, sent to the board in sensor units, answered by it.</source>
        <translation>같은 윈도우를 센서 단위로 보드에 보내 보드가 답한 결과입니다.</translation>
    </message>
    <message>
        <source>right, of {windows} windows</source>
        <translation>정답, 윈도우 {windows}개 기준</translation>
    </message>
    <message>
        <source>MAE</source>
        <translation>MAE</translation>
    </message>
    <message>
        <source>over {windows} windows</source>
        <translation>윈도우 {windows}개 기준</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>아직 알 수 없음</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>Training run</source>
        <translation>학습 실행</translation>
    </message>
    <message>
        <source>Every training is kept as a run. This is the one selected on Train.</source>
        <translation>학습할 때마다 실행이 하나씩 보관됩니다. 학습 페이지에서 선택한 실행입니다.</translation>
    </message>
    <message>
        <source>d MMM HH:mm:ss</source>
        <translation>M월 d일 HH:mm:ss</translation>
    </message>
    <message>
        <source>{percent:.1f} %</source>
        <translation>{percent:.1f} %</translation>
    </message>
    <message>
        <source>MAE {mae:.3g}</source>
        <translation>MAE {mae:.3g}</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>테스트 안 함</translation>
    </message>
    <message>
        <source>Windows of {ms:.0f} ms at {rate:g} Hz of {channels}</source>
        <translation>{ms:.0f} ms 윈도우, {rate:g} Hz, 채널 {channels}</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Counting windows …</source>
        <translation>윈도우 세는 중 …</translation>
    </message>
    <message>
        <source>{count} windows</source>
        <translation>윈도우 {count}개</translation>
    </message>
    <message>
        <source>Go to Design</source>
        <translation>설계로 이동</translation>
    </message>
    <message>
        <source>{what} {why} {action}</source>
        <translation>{what} {why} {action}</translation>
    </message>
    <message>
        <source>Keeps the network: weights, and what the board must know to use them.</source>
        <translation>네트워크를 보관합니다. 가중치와, 보드가 그것을 쓰는 데 필요한 정보입니다.</translation>
    </message>
    <message>
        <source>The network computes in it: its input, and what goes from layer to layer.</source>
        <translation>네트워크가 계산하는 곳입니다. 입력과, 레이어에서 레이어로 넘어가는 값이 들어갑니다.</translation>
    </message>
    <message>
        <source>How long the board will compute for one window: predicted from what each layer has to do, and measured once the network is on the board.</source>
        <translation>보드가 윈도우 하나를 계산하는 시간입니다. 각 레이어가 할 일에서 예측하며, 네트워크를 보드에 올리면 측정합니다.</translation>
    </message>
    <message>
        <source>≈ {ms} ms a window</source>
        <translation>윈도우당 ≈ {ms} ms</translation>
    </message>
    <message>
        <source>{board}: {percent:.0f} % of flash, {memory:.0f} % of RAM</source>
        <translation>{board}: 플래시 {percent:.0f} %, RAM {memory:.0f} %</translation>
    </message>
    <message>
        <source>{use} of flash</source>
        <translation>플래시 {use}</translation>
    </message>
    <message>
        <source>{use} of RAM</source>
        <translation>RAM {use}</translation>
    </message>
    <message>
        <source>Does not fit: {what}. {advice}</source>
        <translation>들어가지 않습니다: {what}. {advice}</translation>
    </message>
    <message>
        <source>Tight: {flash} of flash,
{ram} of RAM</source>
        <translation>빠듯합니다: 플래시 {flash},
RAM {ram}</translation>
    </message>
    <message>
        <source>Fits: {flash} of flash,
{ram} of RAM</source>
        <translation>들어갑니다: 플래시 {flash},
RAM {ram}</translation>
    </message>
    <message>
        <source>Go to Label</source>
        <translation>라벨로 이동</translation>
    </message>
    <message>
        <source>train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Training: the windows the network learns from.</source>
        <translation>학습: 네트워크가 배우는 윈도우입니다.</translation>
    </message>
    <message>
        <source>valid.</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Validation: judges each epoch, so that the best is kept. Never learnt from.</source>
        <translation>검증: 에포크마다 평가하여 가장 좋은 것을 보관합니다. 학습에는 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>test</source>
        <translation>테스트</translation>
    </message>
    <message>
        <source>Test: looked at once, in the end. It tells what to expect in use.</source>
        <translation>테스트: 마지막에 한 번만 봅니다. 실제로 쓸 때 무엇을 기대할 수 있는지 알려 줍니다.</translation>
    </message>
    <message>
        <source>windows</source>
        <translation>윈도우</translation>
    </message>
    <message>
        <source>channels brought to mean 0, deviation 1</source>
        <translation>채널을 평균 0, 편차 1로 맞춤</translation>
    </message>
    <message>
        <source>channels brought to 0…1</source>
        <translation>채널을 0…1로 맞춤</translation>
    </message>
    <message>
        <source>values as they are</source>
        <translation>값을 그대로 사용</translation>
    </message>
    <message>
        <source>Windows of {length} × {channels} at {rate} Hz from {recordings} recordings; split {split} by recording; {normalisation}.</source>
        <translation>{length} × {channels} 윈도우, {rate} Hz, 기록 {recordings}개; 기록별 분할 {split}; {normalisation}.</translation>
    </message>
    <message>
        <source>Left out for lack of a label: {count} windows.</source>
        <translation>라벨이 없어 제외한 윈도우: {count}개.</translation>
    </message>
    <message>
        <source>Go on to Deploy</source>
        <translation>배포로 계속</translation>
    </message>
    <message>
        <source>The next step: shrink a network to 8-bit numbers and put it on the board. The newest is chosen there; you can choose another.</source>
        <translation>다음 단계: 네트워크를 8비트 숫자로 줄여 보드에 올립니다. 거기에서는 최신 실행이 선택되어 있으며, 다른 것을 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>Test it in int8</source>
        <translation>int8로 테스트</translation>
    </message>
    <message>
        <source>Converts it to 8-bit numbers and scores both on the test part: what to expect.</source>
        <translation>8비트 숫자로 변환하고 두 네트워크를 테스트용 데이터로 평가하여, 무엇을 기대할 수 있는지 알려 줍니다.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작하는 중</translation>
    </message>
    <message>
        <source>Stopping; the best epoch is kept</source>
        <translation>중지하는 중, 가장 좋은 에포크를 보관합니다</translation>
    </message>
    <message>
        <source>Training: epoch {epoch} of at most {epochs}</source>
        <translation>학습 중: 에포크 {epoch} / 최대 {epochs}</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>{seconds}초 남음</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>{minutes}분 남음</translation>
    </message>
    <message>
        <source>mean absolute error {error}</source>
        <translation>평균 절대 오차 {error}</translation>
    </message>
    <message>
        <source>{share} % of the training windows right</source>
        <translation>학습 윈도우의 {share} % 정답</translation>
    </message>
    <message>
        <source>{share} % of the validation windows right</source>
        <translation>검증 윈도우의 {share} % 정답</translation>
    </message>
    <message>
        <source>What this means</source>
        <translation>이 결과의 의미</translation>
    </message>
    <message>
        <source>rows: truth · columns: answer</source>
        <translation>행: 실제 · 열: 답</translation>
    </message>
    <message>
        <source>Windows of the test part. Each row is what it was, each column what was answered.</source>
        <translation>테스트용 윈도우입니다. 각 행은 실제 클래스, 각 열은 네트워크의 답입니다.</translation>
    </message>
    <message>
        <source>Test accuracy</source>
        <translation>테스트 정확도</translation>
    </message>
    <message>
        <source>How many windows of the test part, never seen in training, it gets right.</source>
        <translation>학습 중에 본 적 없는 테스트용 윈도우를 얼마나 맞히는지 나타냅니다.</translation>
    </message>
    <message>
        <source>Test accuracy, int8</source>
        <translation>테스트 정확도, int8</translation>
    </message>
    <message>
        <source>The same in 8-bit numbers, as the board computes.</source>
        <translation>보드가 계산하는 방식인 8비트 숫자로 구한 같은 값입니다.</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>매크로 F1</translation>
    </message>
    <message>
        <source>Precision and recall in one figure, the mean over the classes: a rare class weighs as much as a common one. 1 is perfect.</source>
        <translation>정밀도와 재현율을 한 숫자로 나타내 클래스별로 평균한 값입니다. 드문 클래스도 흔한 클래스와 똑같이 반영됩니다. 1이면 완벽합니다.</translation>
    </message>
    <message>
        <source>not scored yet</source>
        <translation>아직 평가 안 함</translation>
    </message>
    <message>
        <source>not converted yet</source>
        <translation>아직 변환 안 함</translation>
    </message>
    <message>
        <source>mean of {count} classes</source>
        <translation>클래스 {count}개의 평균</translation>
    </message>
    <message>
        <source>of {count} test windows</source>
        <translation>테스트 윈도우 {count}개 기준</translation>
    </message>
    <message>
        <source>Mean absolute error: by how much an answer is off, in the target&apos;s unit.</source>
        <translation>평균 절대 오차: 답이 얼마나 벗어나는지를 목표값의 단위로 나타냅니다.</translation>
    </message>
    <message>
        <source>RMSE</source>
        <translation>RMSE</translation>
    </message>
    <message>
        <source>Root of the mean squared error: as MAE, but large errors weigh more.</source>
        <translation>평균 제곱 오차의 제곱근: MAE와 같지만 큰 오차가 더 크게 반영됩니다.</translation>
    </message>
    <message>
        <source>R²</source>
        <translation>R²</translation>
    </message>
    <message>
        <source>The share of the target&apos;s variation that it explains. 1 is perfect, 0 is no better than always answering the mean.</source>
        <translation>목표값의 변동 중 네트워크가 설명하는 비율입니다. 1이면 완벽하고, 0이면 늘 평균을 답하는 것보다 나을 것이 없습니다.</translation>
    </message>
    <message>
        <source>of {count} windows</source>
        <translation>윈도우 {count}개 기준</translation>
    </message>
    <message>
        <source>It ended before the first epoch did, so there is no network.</source>
        <translation>첫 에포크가 끝나기 전에 종료되어 네트워크가 없습니다.</translation>
    </message>
    <message>
        <source>Trained for all {epochs} epochs; epoch {best} was the best and is kept.</source>
        <translation>에포크 {epochs}개를 모두 학습했습니다. 가장 좋은 에포크 {best}을(를) 보관합니다.</translation>
    </message>
    <message>
        <source>Stopped early after epoch {epochs}; epoch {best} was the best and is kept.</source>
        <translation>에포크 {epochs} 뒤에 조기 종료했습니다. 가장 좋은 에포크 {best}을(를) 보관합니다.</translation>
    </message>
    <message>
        <source>Stopped by you after epoch {epochs}; epoch {best} was the best and is kept.</source>
        <translation>에포크 {epochs} 뒤에 사용자가 중지했습니다. 가장 좋은 에포크 {best}을(를) 보관합니다.</translation>
    </message>
    <message>
        <source>Broken off; epoch {best} is the best that was saved, and kept.</source>
        <translation>중단되었습니다. 저장된 것 중 가장 좋은 에포크 {best}을(를) 보관합니다.</translation>
    </message>
    <message>
        <source>own, {count} layers</source>
        <translation>직접 설계, 레이어 {count}개</translation>
    </message>
    <message>
        <source>Select two or more to compare them.</source>
        <translation>비교하려면 두 개 이상 선택하세요.</translation>
    </message>
    <message>
        <source>Delete the selected runs, with their networks.</source>
        <translation>선택한 실행을 네트워크와 함께 삭제합니다.</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>1 run deleted.</source>
        <translation>실행 1개를 삭제했습니다.</translation>
    </message>
    <message>
        <source>{count} runs deleted.</source>
        <translation>실행 {count}개를 삭제했습니다.</translation>
    </message>
    <message>
        <source>The board says</source>
        <translation>보드의 답</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>{percent:.0f} %</source>
        <translation>{percent:.0f} %</translation>
    </message>
    <message>
        <source>Answers over time</source>
        <translation>시간에 따른 답</translation>
    </message>
    <message>
        <source>What the board answered when. Grey: it was unsure.</source>
        <translation>보드가 언제 무엇을 답했는지 나타냅니다. 회색: 불확실했습니다.</translation>
    </message>
    <message>
        <source>The board has a network that is not of this project.</source>
        <translation>보드에 이 프로젝트의 것이 아닌 네트워크가 있습니다.</translation>
    </message>
    <message>
        <source>It was put there from elsewhere, or its run was deleted or converted anew.</source>
        <translation>다른 곳에서 올렸거나, 해당 실행이 삭제되었거나 다시 변환되었습니다.</translation>
    </message>
    <message>
        <source>Deploy this project&apos;s network.</source>
        <translation>이 프로젝트의 네트워크를 배포하세요.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>답</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>소요 시간</translation>
    </message>
    <message>
        <source>Last answers</source>
        <translation>최근 답</translation>
    </message>
    <message>
        <source>This board cannot run a network.</source>
        <translation>이 보드는 네트워크를 실행할 수 없습니다.</translation>
    </message>
    <message>
        <source>It prints lines, as a sketch of its own does.</source>
        <translation>자체 스케치처럼 텍스트 줄을 출력합니다.</translation>
    </message>
    <message>
        <source>Connect a board with the studio&apos;s firmware, or the simulated board.</source>
        <translation>스튜디오의 펌웨어가 있는 보드나 가상 보드를 연결하세요.</translation>
    </message>
    <message>
        <source>Deploy a network first.</source>
        <translation>먼저 네트워크를 배포하세요.</translation>
    </message>
    <message>
        <source>The board was disconnected.</source>
        <translation>보드 연결이 끊겼습니다.</translation>
    </message>
    <message>
        <source>Its working memory has a size that is no multiple of 16.</source>
        <translation>작업 메모리 크기가 16의 배수가 아닙니다.</translation>
    </message>
    <message>
        <source>It was compiled for a target that is not known.</source>
        <translation>알 수 없는 대상용으로 컴파일되었습니다.</translation>
    </message>
    <message>
        <source>The scale of its input is out of range.</source>
        <translation>입력의 스케일이 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>It is not an array of numbers as NumPy writes it.</source>
        <translation>NumPy가 저장하는 형식의 숫자 배열이 아닙니다.</translation>
    </message>
    <message>
        <source>Its shape is {shape}; the program takes any number of windows of {window} samples and {channels} channels, {values} values each.</source>
        <translation>모양이 {shape}입니다. 이 프로그램은 샘플 {window}개와 채널 {channels}개(값 {values}개)로 된 윈도우를 몇 개든 받습니다.</translation>
    </message>
    <message>
        <source>It holds {type}; int8 or floats are wanted.</source>
        <translation>{type} 값이 들어 있습니다. int8이나 부동소수점이어야 합니다.</translation>
    </message>
    <message>
        <source>{file} cannot be used as input.</source>
        <translation>{file}을(를) 입력으로 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>Its slope is out of range.</source>
        <translation>기울기가 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>Its output has another size than its input.</source>
        <translation>출력의 크기가 입력과 다릅니다.</translation>
    </message>
    <message>
        <source>Its output is not quantised in 256 steps from 0 to 1.</source>
        <translation>출력이 0에서 1까지 256단계로 양자화되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>Convert the network with full int8 quantisation.</source>
        <translation>전체 int8 양자화로 네트워크를 변환하세요.</translation>
    </message>
    <message>
        <source>It has more than {n} classes.</source>
        <translation>클래스가 {n}개보다 많습니다.</translation>
    </message>
    <message>
        <source>The quantisation of its input is out of range.</source>
        <translation>입력의 양자화가 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>Its output is quantised far finer than its inputs.</source>
        <translation>출력이 입력보다 훨씬 잘게 양자화되어 있습니다.</translation>
    </message>
    <message>
        <source>Convert the network again with data that is typical.</source>
        <translation>전형적인 데이터로 네트워크를 다시 변환하세요.</translation>
    </message>
    <message>
        <source>Both of its inputs are constants.</source>
        <translation>두 입력이 모두 상수입니다.</translation>
    </message>
    <message>
        <source>Its constant is not int8.</source>
        <translation>상수가 int8이 아닙니다.</translation>
    </message>
    <message>
        <source>The shapes of its inputs do not fit.</source>
        <translation>입력들의 모양이 맞지 않습니다.</translation>
    </message>
    <message>
        <source>It repeats its inputs along too many axes.</source>
        <translation>너무 많은 축을 따라 입력을 반복합니다.</translation>
    </message>
    <message>
        <source>Use inputs of one shape.</source>
        <translation>모양이 같은 입력을 사용하세요.</translation>
    </message>
    <message>
        <source>It turns {type} into int8 within the network.</source>
        <translation>네트워크 안에서 {type}을(를) int8로 바꿉니다.</translation>
    </message>
    <message>
        <source>The network&apos;s input is quantised twice.</source>
        <translation>네트워크의 입력이 두 번 양자화됩니다.</translation>
    </message>
    <message>
        <source>Convert the network with int8 input.</source>
        <translation>입력을 int8로 하여 네트워크를 변환하세요.</translation>
    </message>
    <message>
        <source>It turns int8 into floating point within the network.</source>
        <translation>네트워크 안에서 int8을 부동소수점으로 바꿉니다.</translation>
    </message>
    <message>
        <source>Its axis is out of range.</source>
        <translation>축이 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>An activation is fused into it.</source>
        <translation>활성화 함수가 합쳐져 있습니다.</translation>
    </message>
    <message>
        <source>Use an activation layer of its own.</source>
        <translation>별도의 활성화 레이어를 사용하세요.</translation>
    </message>
    <message>
        <source>Its padding is out of range.</source>
        <translation>패딩이 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>Its padding does not fit its input and output.</source>
        <translation>패딩이 입력과 출력에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>It pads along too many axes.</source>
        <translation>너무 많은 축을 따라 패딩합니다.</translation>
    </message>
    <message>
        <source>Pad along height and width only.</source>
        <translation>높이와 너비로만 패딩하세요.</translation>
    </message>
    <message>
        <source>Its padding value is not one int8.</source>
        <translation>패딩 값이 int8 하나가 아닙니다.</translation>
    </message>
    <message>
        <source>Its window or stride is out of range.</source>
        <translation>윈도우나 스트라이드가 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>Its window does not fit its input and output.</source>
        <translation>윈도우가 입력과 출력에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>It reduces axes that do not lie side by side.</source>
        <translation>서로 이웃하지 않은 축들을 줄입니다.</translation>
    </message>
    <message>
        <source>Use global pooling over all positions.</source>
        <translation>모든 위치에 걸친 전역 풀링을 사용하세요.</translation>
    </message>
    <message>
        <source>Its axes do not fit its input and output.</source>
        <translation>축이 입력과 출력에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Its output is quantised far finer than its input.</source>
        <translation>출력이 입력보다 훨씬 잘게 양자화되어 있습니다.</translation>
    </message>
    <message>
        <source>Its weights have not two axes.</source>
        <translation>가중치의 축이 둘이 아닙니다.</translation>
    </message>
    <message>
        <source>Its weights do not fit its input and output.</source>
        <translation>가중치가 입력과 출력에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Its weights have not four axes.</source>
        <translation>가중치의 축이 넷이 아닙니다.</translation>
    </message>
    <message>
        <source>It is a grouped convolution.</source>
        <translation>그룹 합성곱입니다.</translation>
    </message>
    <message>
        <source>Use a convolution over all channels, or a depthwise one.</source>
        <translation>모든 채널에 걸친 합성곱이나 깊이별 합성곱을 사용하세요.</translation>
    </message>
    <message>
        <source>Its stride or dilation is out of range.</source>
        <translation>스트라이드나 팽창(dilation)이 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>It is too large for any board.</source>
        <translation>어떤 보드에도 들어가지 않을 만큼 큽니다.</translation>
    </message>
    <message>
        <source>Make the layer smaller.</source>
        <translation>레이어를 더 작게 하세요.</translation>
    </message>
    <message>
        <source>Its weights are {type}, not quantised int8.</source>
        <translation>가중치의 형식은 {type}이며 양자화된 int8이 아닙니다.</translation>
    </message>
    <message>
        <source>Its weights have a zero point.</source>
        <translation>가중치에 영점(zero point)이 있습니다.</translation>
    </message>
    <message>
        <source>The quantisation of “{tensor}” is out of range.</source>
        <translation>“{tensor}”의 양자화가 범위를 벗어났습니다.</translation>
    </message>
    <message>
        <source>Its biases are not one int32 for each output.</source>
        <translation>편향이 출력마다 int32 하나씩이 아닙니다.</translation>
    </message>
    <message>
        <source>Some input makes its sums larger than 32 bits hold.</source>
        <translation>입력에 따라 합이 32비트를 넘을 수 있습니다.</translation>
    </message>
    <message>
        <source>Train it again with smaller weights, or with data on a common scale.</source>
        <translation>가중치를 더 작게 하거나 데이터의 크기를 맞추어 다시 학습하세요.</translation>
    </message>
    <message>
        <source>Use Add with negative weights before it.</source>
        <translation>앞 레이어의 가중치를 음수로 하여 Add를 사용하세요.</translation>
    </message>
    <message>
        <source>Use Conv1D layers over the window instead.</source>
        <translation>대신 윈도우에 걸친 Conv1D 레이어를 사용하세요.</translation>
    </message>
    <message>
        <source>Use Conv1D layers over the window instead of recurrent ones.</source>
        <translation>순환 레이어 대신 윈도우에 걸친 Conv1D 레이어를 사용하세요.</translation>
    </message>
    <message>
        <source>Use ReLU or LeakyReLU instead.</source>
        <translation>대신 ReLU나 LeakyReLU를 사용하세요.</translation>
    </message>
    <message>
        <source>Use ReLU6 instead.</source>
        <translation>대신 ReLU6를 사용하세요.</translation>
    </message>
    <message>
        <source>Use Softmax, Logistic or Tanh instead.</source>
        <translation>대신 Softmax, Logistic 또는 Tanh를 사용하세요.</translation>
    </message>
    <message>
        <source>Use global average pooling instead.</source>
        <translation>대신 전역 평균 풀링을 사용하세요.</translation>
    </message>
    <message>
        <source>Use Conv2D instead.</source>
        <translation>대신 Conv2D를 사용하세요.</translation>
    </message>
    <message>
        <source>Lay the data out as the network needs it before it enters.</source>
        <translation>네트워크에 넣기 전에 데이터를 네트워크에 맞는 순서로 놓으세요.</translation>
    </message>
    <message>
        <source>Leave it out: the board finds the largest answer itself.</source>
        <translation>빼세요. 가장 큰 답은 보드가 스스로 찾습니다.</translation>
    </message>
    <message>
        <source>Convert the network with a batch of one, or without dilation.</source>
        <translation>배치를 1로 하거나 팽창(dilation) 없이 네트워크를 변환하세요.</translation>
    </message>
    <message>
        <source>Use Dense, Conv, DepthwiseConv, pooling, Softmax, ReLU, Logistic, Tanh, Add, Mul, Concatenate.</source>
        <translation>Dense, Conv, DepthwiseConv, 풀링, Softmax, ReLU, Logistic, Tanh, Add, Mul, Concatenate를 사용하세요.</translation>
    </message>
    <message>
        <source>The board&apos;s engine does not have this operator.</source>
        <translation>보드의 엔진에 없는 연산자입니다.</translation>
    </message>
    <message>
        <source>Its weights take more than {limit} bytes.</source>
        <translation>가중치가 {limit}바이트를 넘습니다.</translation>
    </message>
    <message>
        <source>Make its layers smaller.</source>
        <translation>레이어를 더 작게 하세요.</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>{file} does not name {image}.</source>
        <translation>{file}에 {image}이(가) 적혀 있지 않습니다.</translation>
    </message>
    <message>
        <source>{file} is not what the manifest says.</source>
        <translation>{file}이(가) 목록에 적힌 것과 다릅니다.</translation>
    </message>
    <message>
        <source>This installation of the studio is damaged.</source>
        <translation>설치된 스튜디오가 손상되었습니다.</translation>
    </message>
    <message>
        <source>Install it again.</source>
        <translation>다시 설치하세요.</translation>
    </message>
    <message>
        <source>There is no class {n}.</source>
        <translation>{n}번 클래스는 없습니다.</translation>
    </message>
    <message>
        <source>There is no pin {pin}.</source>
        <translation>{pin}번 핀은 없습니다.</translation>
    </message>
    <message>
        <source>A threshold is a share between 0 and 100 %.</source>
        <translation>최소 점수는 0에서 100 % 사이의 비율입니다.</translation>
    </message>
    <message>
        <source>1 to 255 windows in a row can be asked for.</source>
        <translation>연속 윈도우 수는 1에서 255까지 지정할 수 있습니다.</translation>
    </message>
    <message>
        <source>{value} is more than {limit}.</source>
        <translation>{value}은(는) {limit}보다 큽니다.</translation>
    </message>
    <message>
        <source>At most {n} pins of a kind are measured.</source>
        <translation>같은 종류의 핀은 {n}개까지 측정합니다.</translation>
    </message>
    <message>
        <source>A pin is named twice.</source>
        <translation>같은 핀이 두 번 지정되었습니다.</translation>
    </message>
    <message>
        <source>The sensor bus needs both of its pins, or neither.</source>
        <translation>센서 버스에는 두 핀을 모두 지정하거나 하나도 지정하지 않아야 합니다.</translation>
    </message>
    <message>
        <source>The sensor bus needs two different pins.</source>
        <translation>센서 버스에는 서로 다른 두 핀이 필요합니다.</translation>
    </message>
    <message>
        <source>Pin {pin} has two uses at once.</source>
        <translation>{pin}번 핀이 두 가지 용도로 지정되었습니다.</translation>
    </message>
    <message>
        <source>A board keeps {n} actions.</source>
        <translation>보드는 동작을 {n}개까지 저장합니다.</translation>
    </message>
    <message>
        <source>A printed text may have 255 bytes.</source>
        <translation>출력할 텍스트는 255바이트까지입니다.</translation>
    </message>
    <message>
        <source>A printed text is one line.</source>
        <translation>출력할 텍스트는 한 줄이어야 합니다.</translation>
    </message>
    <message>
        <source>The printed texts and names of sensors are too long together.</source>
        <translation>출력할 텍스트와 센서 이름을 모두 합치면 너무 깁니다.</translation>
    </message>
    <message>
        <source>At most {n} sensors are left out.</source>
        <translation>센서는 {n}개까지 제외할 수 있습니다.</translation>
    </message>
    <message>
        <source>A sensor is named twice.</source>
        <translation>센서 하나가 두 번 지정되었습니다.</translation>
    </message>
    <message>
        <source>A sensor&apos;s name has 1 to 255 bytes.</source>
        <translation>센서 이름은 1~255바이트여야 합니다.</translation>
    </message>
    <message>
        <source>A board cannot measure at {rate} Hz.</source>
        <translation>보드는 {rate} Hz로 측정할 수 없습니다.</translation>
    </message>
    <message>
        <source>They are of version {version}.</source>
        <translation>설정의 버전이 {version}입니다.</translation>
    </message>
    <message>
        <source>They ask for something that a newer firmware does.</source>
        <translation>더 새로운 펌웨어의 기능이 설정되어 있습니다.</translation>
    </message>
    <message>
        <source>They are longer than they say.</source>
        <translation>설정이 적힌 길이보다 깁니다.</translation>
    </message>
    <message>
        <source>They end too early.</source>
        <translation>설정이 중간에 끝납니다.</translation>
    </message>
    <message>
        <source>The name of a sensor is no text.</source>
        <translation>센서 이름이 올바른 텍스트가 아닙니다.</translation>
    </message>
    <message>
        <source>They hold an action of a newer firmware.</source>
        <translation>더 새로운 펌웨어의 동작이 들어 있습니다.</translation>
    </message>
    <message>
        <source>A text has a character that is none.</source>
        <translation>텍스트에 올바르지 않은 문자가 있습니다.</translation>
    </message>
    <message>
        <source>A board cannot keep these settings.</source>
        <translation>보드에 저장할 수 없는 설정입니다.</translation>
    </message>
    <message>
        <source>Change them.</source>
        <translation>설정을 바꾸세요.</translation>
    </message>
    <message>
        <source>The board&apos;s settings cannot be read.</source>
        <translation>보드의 설정을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Flash the firmware that comes with this studio, or set them anew.</source>
        <translation>이 스튜디오에 포함된 펌웨어를 플래시하거나 설정을 새로 하세요.</translation>
    </message>
    <message>
        <source>Firmware {version} answers.</source>
        <translation>펌웨어 {version}이(가) 응답합니다.</translation>
    </message>
    <message>
        <source>The board takes no data.</source>
        <translation>보드가 데이터를 받지 않습니다.</translation>
    </message>
    <message>
        <source>The boot loader: {said}</source>
        <translation>부트로더: {said}</translation>
    </message>
    <message>
        <source>It is an {chip}.</source>
        <translation>이 칩은 {chip}입니다.</translation>
    </message>
    <message>
        <source>Own clock</source>
        <translation>자체 클럭</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>재시작</translation>
    </message>
    <message>
        <source>Receiver</source>
        <translation>수신부</translation>
    </message>
    <message>
        <source>Sensor bus</source>
        <translation>센서 버스</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>보정</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>샘플링</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>센서</translation>
    </message>
    <message>
        <source>Pins</source>
        <translation>핀</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>엔진</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>{count} echoes, {lost} lost, {damaged} frames damaged, {median:.1f} ms in the middle, {worst:.1f} ms at worst</source>
        <translation>에코 {count}회, 유실 {lost}회, 손상된 프레임 {damaged}개, 중앙값 {median:.1f} ms, 최악 {worst:.1f} ms</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>{rate} bytes/s with frames of {size} bytes, {lost} lost; {baud} baud carry {carried:.0f}</source>
        <translation>{size}바이트 프레임으로 초당 {rate}바이트, 유실 {lost}회; {baud} baud는 초당 {carried:.0f}바이트를 나릅니다</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>{ppm:+.0f} ppm against the computer&apos;s over {seconds:.1f} s, within {unsure:.0f}</source>
        <translation>{seconds:.1f}초 동안 컴퓨터 시계와 {ppm:+.0f} ppm 차이, 오차 {unsure:.0f} 이내</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>클럭</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>스트림</translation>
    </message>
    <message>
        <source>{samples} samples at {rate:g} Hz, {lost} lost, at most {jitter:.0f} µs off their time</source>
        <translation>{rate:g} Hz로 샘플 {samples}개, 손실 {lost}개, 시각 오차 최대 {jitter:.0f} µs</translation>
    </message>
    <message>
        <source>{found}</source>
        <translation>{found}</translation>
    </message>
    <message>
        <source>Board settings…</source>
        <translation>보드 설정…</translation>
    </message>
    <message>
        <source>Check the board</source>
        <translation>보드 점검</translation>
    </message>
    <message>
        <source>What it measures and how fast, and what it does by itself.</source>
        <translation>무엇을 얼마나 빠르게 측정하고, 스스로 무엇을 하는지 정합니다.</translation>
    </message>
    <message>
        <source>This board&apos;s firmware keeps no settings.</source>
        <translation>이 보드의 펌웨어는 설정을 저장하지 않습니다.</translation>
    </message>
    <message>
        <source>Tries link, sensors, sampling and engine; takes some seconds.</source>
        <translation>연결, 센서, 샘플링, 엔진을 시험합니다. 몇 초 걸립니다.</translation>
    </message>
    <message>
        <source>The board is tried for some ten seconds. Let it lie still.</source>
        <translation>약 10초 동안 보드를 점검합니다. 보드를 가만히 두십시오.</translation>
    </message>
    <message>
        <source>Free pins are pulled weakly, which finds shorts. They can also be driven high and low for less than a millisecond each: not where something is wired that must not move.</source>
        <translation>비어 있는 핀을 약하게 풀업·풀다운하여 단락을 찾습니다. 각 핀을 1밀리초 미만 동안 높고 낮게 구동해 볼 수도 있습니다. 움직이면 안 되는 것이 연결되어 있다면 하지 마십시오.</translation>
    </message>
    <message>
        <source>Also drive the free pins</source>
        <translation>비어 있는 핀도 구동하기</translation>
    </message>
    <message>
        <source>Checking… {percent:.0f} %</source>
        <translation>점검 중… {percent:.0f} %</translation>
    </message>
    <message>
        <source>Board settings</source>
        <translation>보드 설정</translation>
    </message>
    <message>
        <source>The board finds no sensor. Check the wires and the pins of the sensor bus; it looks again when you store settings.</source>
        <translation>보드가 센서를 찾지 못했습니다. 배선과 센서 버스의 핀을 확인하세요. 설정을 저장하면 다시 찾습니다.</translation>
    </message>
    <message>
        <source>What is not ticked is not offered to Capture.</source>
        <translation>선택하지 않은 센서는 수집에 나타나지 않습니다.</translation>
    </message>
    <message>
        <source>Use the sensor {part}</source>
        <translation>{part} 센서 사용</translation>
    </message>
    <message>
        <source>Sampling rate</source>
        <translation>샘플링 속도</translation>
    </message>
    <message>
        <source>Capture measures at this rate, or the nearest that the sensor can do. A network always runs at the rate it has learned at.</source>
        <translation>수집은 이 속도로, 또는 센서가 낼 수 있는 가장 가까운 속도로 측정합니다. 신경망은 항상 학습한 속도로 실행됩니다.</translation>
    </message>
    <message>
        <source>Analogue pins</source>
        <translation>아날로그 핀</translation>
    </message>
    <message>
        <source>Touch pins</source>
        <translation>터치 핀</translation>
    </message>
    <message>
        <source>Sensor bus, SDA</source>
        <translation>센서 버스 SDA</translation>
    </message>
    <message>
        <source>Sensor bus, SCL</source>
        <translation>센서 버스 SCL</translation>
    </message>
    <message>
        <source>SDA</source>
        <translation>SDA</translation>
    </message>
    <message>
        <source>SCL</source>
        <translation>SCL</translation>
    </message>
    <message>
        <source>Sensor bus (I2C)</source>
        <translation>센서 버스 (I2C)</translation>
    </message>
    <message>
        <source>Each analogue or touch pin becomes a channel. Pins bear the numbers of the board&apos;s maker.</source>
        <translation>아날로그 핀과 터치 핀은 각각 채널 하나가 됩니다. 핀 번호는 보드 제조사의 번호를 따릅니다.</translation>
    </message>
    <message>
        <source>When the board gets power</source>
        <translation>전원이 들어올 때</translation>
    </message>
    <message>
        <source>Run its network by itself</source>
        <translation>신경망을 스스로 실행</translation>
    </message>
    <message>
        <source>Print its answers as lines, for the Arduino plotter</source>
        <translation>답을 텍스트 줄로 출력 (아두이노 플로터용)</translation>
    </message>
    <message>
        <source>On a battery too: it answers five times a second and acts as said above. When the studio needs the board, that ends until it gets power again.</source>
        <translation>배터리로도 동작합니다. 1초에 다섯 번 답하고 위에서 정한 동작을 합니다. 스튜디오가 보드를 사용하면 다음에 전원이 들어올 때까지 멈춥니다.</translation>
    </message>
    <message>
        <source>not set (100 Hz)</source>
        <translation>설정 안 함 (100 Hz)</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>제외됨</translation>
    </message>
    <message>
        <source>{channels}, up to {rate}</source>
        <translation>{channels}, 최대 {rate}</translation>
    </message>
    <message>
        <source>Add an action</source>
        <translation>동작 추가</translation>
    </message>
    <message>
        <source>Store on the board</source>
        <translation>보드에 저장</translation>
    </message>
    <message>
        <source>Numbers of pins, with commas between them.</source>
        <translation>핀 번호를 쉼표로 구분해 적으세요.</translation>
    </message>
    <message>
        <source>“{written}” are no pins.</source>
        <translation>“{written}”은(는) 핀 번호가 아닙니다.</translation>
    </message>
    <message>
        <source>Write their numbers with commas between them, such as 34, 35.</source>
        <translation>핀 번호를 34, 35처럼 쉼표로 구분해 적으세요.</translation>
    </message>
    <message>
        <source>the board&apos;s own</source>
        <translation>보드 기본값</translation>
    </message>
    <message>
        <source>Nobody answers at the board&apos;s port.</source>
        <translation>보드의 포트에서 아무 응답이 없습니다.</translation>
    </message>
    <message>
        <source>It says “{chip}”, “{version}”.</source>
        <translation>“{chip}”, “{version}”(이)라고 응답합니다.</translation>
    </message>
    <message>
        <source>An image of {bytes} bytes does not fit.</source>
        <translation>{bytes}바이트 이미지는 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>Press the small button on the board twice, quickly, so that the orange light fades in and out; then try again. The boot loader itself is never written to.</source>
        <translation>보드의 작은 버튼을 빠르게 두 번 눌러 주황색 불이 서서히 켜졌다 꺼지게 한 다음 다시 시도하세요. 부트로더 자체에는 아무것도 기록하지 않습니다.</translation>
    </message>
    <message>
        <source>It did not react when it was asked to restart.</source>
        <translation>다시 시작하라는 요청에 반응하지 않았습니다.</translation>
    </message>
    <message>
        <source>Bytes were lost on the way, or another program uses the same port.</source>
        <translation>전송 중에 바이트가 사라졌거나, 다른 프로그램이 같은 포트를 쓰고 있습니다.</translation>
    </message>
    <message>
        <source>Its check sum is wrong, also after writing it again.</source>
        <translation>다시 기록한 뒤에도 체크섬이 맞지 않습니다.</translation>
    </message>
    <message>
        <source>This is not the boot loader of a Nano 33 BLE. Nothing was written.</source>
        <translation>Nano 33 BLE의 부트로더가 아닙니다. 아무것도 기록하지 않았습니다.</translation>
    </message>
    <message>
        <source>Another board or another boot loader is behind this port.</source>
        <translation>이 포트에는 다른 보드나 다른 부트로더가 있습니다.</translation>
    </message>
    <message>
        <source>Use an Arduino Nano 33 BLE (Sense, Sense Rev2), or choose another port.</source>
        <translation>Arduino Nano 33 BLE(Sense, Sense Rev2)를 쓰거나 다른 포트를 선택하세요.</translation>
    </message>
    <message>
        <source>It did not come back after its restart.</source>
        <translation>다시 시작한 뒤 돌아오지 않았습니다.</translation>
    </message>
    <message>
        <source>Press the small button on the board once, choose its port, then try again.</source>
        <translation>보드의 작은 버튼을 한 번 누르고 포트를 선택한 다음 다시 시도하세요.</translation>
    </message>
    <message>
        <source>There is another program on this board. Nothing was written.</source>
        <translation>이 보드에는 다른 프로그램이 있습니다. 아무것도 기록하지 않았습니다.</translation>
    </message>
    <message>
        <source>It said something else: {said}.</source>
        <translation>다른 응답이 왔습니다: {said}.</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>해결 방법</translation>
    </message>
    <message>
        <source>Click “Try again”.</source>
        <translation>“다시 시도”를 누르세요.</translation>
    </message>
    <message>
        <source>No harm is done: the boot loader cannot be overwritten, so the next try brings the board back.</source>
        <translation>보드는 망가지지 않았습니다. 부트로더는 지워지지 않으므로 다시 시도하면 되살아납니다.</translation>
    </message>
    <message>
        <source>Plug the board in: a small light on it goes on. If not, use another cable.</source>
        <translation>보드를 꽂으면 작은 불이 켜집니다. 켜지지 않으면 다른 케이블을 사용하세요.</translation>
    </message>
    <message>
        <source>Some cables only charge. Use one that has carried data before.</source>
        <translation>충전만 되는 케이블도 있습니다. 데이터를 전송해 본 케이블을 사용하세요.</translation>
    </message>
    <message>
        <source>The computer does not see the board</source>
        <translation>컴퓨터가 보드를 찾지 못합니다</translation>
    </message>
    <message>
        <source>Another program has the port</source>
        <translation>다른 프로그램이 포트를 쓰고 있습니다</translation>
    </message>
    <message>
        <source>Close serial monitors and plotters: Arduino IDE, PuTTY, screen, other windows.</source>
        <translation>시리얼 모니터와 플로터를 닫으세요: Arduino IDE, PuTTY, screen, 다른 창.</translation>
    </message>
    <message>
        <source>If you cannot find it, pull the board out and plug it in again.</source>
        <translation>찾을 수 없으면 보드를 뽑았다가 다시 꽂으세요.</translation>
    </message>
    <message>
        <source>You may not use this port yet</source>
        <translation>아직 이 포트를 쓸 권한이 없습니다</translation>
    </message>
    <message>
        <source>The board went away</source>
        <translation>보드가 사라졌습니다</translation>
    </message>
    <message>
        <source>Press both plugs in firmly, or use another cable.</source>
        <translation>양쪽 플러그를 꽉 끼우거나 다른 케이블을 사용하세요.</translation>
    </message>
    <message>
        <source>Plug the board straight into the computer, not into a hub.</source>
        <translation>보드를 허브가 아니라 컴퓨터에 직접 꽂으세요.</translation>
    </message>
    <message>
        <source>Take motors and long strips of lights off the board: they can starve it.</source>
        <translation>모터나 긴 LED 스트립을 보드에서 떼세요. 전원이 모자랄 수 있습니다.</translation>
    </message>
    <message>
        <source>Bring the board into its boot loader by hand</source>
        <translation>보드를 직접 부트로더로 들어가게 하기</translation>
    </message>
    <message>
        <source>Hold the button BOOT (on some boards IO0 or FLASH) and keep holding it.</source>
        <translation>BOOT 버튼(보드에 따라 IO0 또는 FLASH)을 누른 채로 계세요.</translation>
    </message>
    <message>
        <source>Press EN (or RST) once, then let go of BOOT.</source>
        <translation>EN(또는 RST)을 한 번 누른 다음 BOOT를 놓으세요.</translation>
    </message>
    <message>
        <source>Click “Try again”. A board without buttons: join GPIO 0 and GND meanwhile.</source>
        <translation>“다시 시도”를 누르세요. 버튼이 없는 보드는 그동안 GPIO 0과 GND를 연결하세요.</translation>
    </message>
    <message>
        <source>Take wires off GPIO 0, 2 and 12: they decide how the board starts.</source>
        <translation>GPIO 0, 2, 12에서 선을 빼세요. 보드가 어떻게 시작할지 정하는 핀입니다.</translation>
    </message>
    <message>
        <source>The line to the board is disturbed</source>
        <translation>보드와의 통신이 불안정합니다</translation>
    </message>
    <message>
        <source>Use a short cable, straight into the computer.</source>
        <translation>짧은 케이블로 컴퓨터에 직접 연결하세요.</translation>
    </message>
    <message>
        <source>Take wires off the pins TX, RX, GPIO 1 and GPIO 3: the computer uses them.</source>
        <translation>TX, RX, GPIO 1, GPIO 3 핀에서 선을 빼세요. 컴퓨터와의 통신에 쓰입니다.</translation>
    </message>
    <message>
        <source>Close other programs that use this port.</source>
        <translation>이 포트를 쓰는 다른 프로그램을 닫으세요.</translation>
    </message>
    <message>
        <source>The board&apos;s flash memory does not answer</source>
        <translation>보드의 플래시 메모리가 응답하지 않습니다</translation>
    </message>
    <message>
        <source>Take all wires off GPIO 6 to 11: the flash is wired to them.</source>
        <translation>GPIO 6~11에서 모든 선을 빼세요. 플래시가 연결된 핀입니다.</translation>
    </message>
    <message>
        <source>Take the wire off GPIO 12: at the start it chooses the flash&apos;s voltage.</source>
        <translation>GPIO 12에서 선을 빼세요. 시작할 때 플래시의 전압을 정하는 핀입니다.</translation>
    </message>
    <message>
        <source>If nothing is wired there, the flash is broken: use another board.</source>
        <translation>아무것도 연결되어 있지 않다면 플래시가 고장 난 것입니다. 다른 보드를 사용하세요.</translation>
    </message>
    <message>
        <source>The firmware was written in part</source>
        <translation>펌웨어가 일부만 기록되었습니다</translation>
    </message>
    <message>
        <source>Use a short cable, straight into the computer, then click “Try again”.</source>
        <translation>짧은 케이블로 컴퓨터에 직접 연결한 다음 “다시 시도”를 누르세요.</translation>
    </message>
    <message>
        <source>If it stops again, take everything off the board&apos;s pins.</source>
        <translation>또 멈추면 보드의 핀에 연결된 것을 모두 빼세요.</translation>
    </message>
    <message>
        <source>The board holds something else than was written</source>
        <translation>보드의 내용이 기록한 것과 다릅니다</translation>
    </message>
    <message>
        <source>If it differs every time, the flash is worn out: use another board.</source>
        <translation>매번 다르다면 플래시의 수명이 다한 것입니다. 다른 보드를 사용하세요.</translation>
    </message>
    <message>
        <source>This chip is not supported yet</source>
        <translation>아직 지원되지 않는 칩입니다</translation>
    </message>
    <message>
        <source>Read what is printed on the metal can: it must say ESP32, without S, C or H.</source>
        <translation>금속 덮개에 적힌 글자를 확인하세요. S, C, H가 붙지 않은 ESP32여야 합니다.</translation>
    </message>
    <message>
        <source>Boards that work: ESP32 DevKit, NodeMCU-32S, D1 mini ESP32, WROOM and WROVER.</source>
        <translation>사용할 수 있는 보드: ESP32 DevKit, NodeMCU-32S, D1 mini ESP32, WROOM, WROVER.</translation>
    </message>
    <message>
        <source>If another board is plugged in as well, choose its port.</source>
        <translation>다른 보드도 꽂혀 있다면 그 보드의 포트를 선택하세요.</translation>
    </message>
    <message>
        <source>This board&apos;s flash is encrypted</source>
        <translation>이 보드의 플래시는 암호화되어 있습니다</translation>
    </message>
    <message>
        <source>Its maker has burnt a fuse in the chip; it cannot be undone. Use another board.</source>
        <translation>제조사가 칩의 퓨즈를 설정했으며 되돌릴 수 없습니다. 다른 보드를 사용하세요.</translation>
    </message>
    <message>
        <source>Nothing was written: it goes on doing what it did.</source>
        <translation>아무것도 기록하지 않았으므로 보드는 하던 일을 계속합니다.</translation>
    </message>
    <message>
        <source>This board starts signed firmware only</source>
        <translation>이 보드는 서명된 펌웨어만 실행합니다</translation>
    </message>
    <message>
        <source>The board does not answer</source>
        <translation>보드가 응답하지 않습니다</translation>
    </message>
    <message>
        <source>Press EN (or RST) once; BOOT must not be held.</source>
        <translation>EN(또는 RST)을 한 번 누르세요. 이때 BOOT는 누르지 마세요.</translation>
    </message>
    <message>
        <source>Use another USB port or cable: a weak supply keeps the board from starting.</source>
        <translation>다른 USB 포트나 케이블을 사용하세요. 전원이 약하면 보드가 시작하지 못합니다.</translation>
    </message>
    <message>
        <source>A file of the studio is missing or damaged</source>
        <translation>스튜디오의 파일이 없거나 손상되었습니다</translation>
    </message>
    <message>
        <source>Install the studio again; your projects are not touched by that.</source>
        <translation>스튜디오를 다시 설치하세요. 프로젝트는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>A virus scanner may have removed the file: look into its quarantine.</source>
        <translation>백신이 파일을 지웠을 수 있습니다. 격리 보관소를 확인하세요.</translation>
    </message>
    <message>
        <source>There is a program of yours on the board</source>
        <translation>보드에 사용자의 프로그램이 있습니다</translation>
    </message>
    <message>
        <source>The studio&apos;s firmware takes its place; only one fits.</source>
        <translation>하나만 들어가므로 스튜디오의 펌웨어가 그 자리를 차지합니다.</translation>
    </message>
    <message>
        <source>Keep the sketch&apos;s file: with the Arduino IDE you can put it back at any time.</source>
        <translation>스케치 파일을 보관해 두세요. Arduino IDE로 언제든지 다시 넣을 수 있습니다.</translation>
    </message>
    <message>
        <source>Press the small button twice, quickly: the orange light fades in and out.</source>
        <translation>작은 버튼을 빠르게 두 번 누르세요. 주황색 불이 서서히 켜졌다 꺼집니다.</translation>
    </message>
    <message>
        <source>The studio finds it there by itself. If nothing happens, try again.</source>
        <translation>스튜디오가 보드를 스스로 찾아 계속합니다. 아무 일도 일어나지 않으면 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The board may have another port now: choose it.</source>
        <translation>보드의 포트가 바뀌었을 수 있습니다. 새 포트를 선택하세요.</translation>
    </message>
    <message>
        <source>Press the small button once, and wait for two seconds.</source>
        <translation>작은 버튼을 한 번 누르고 2초 동안 기다리세요.</translation>
    </message>
    <message>
        <source>This is not a Nano 33 BLE</source>
        <translation>Nano 33 BLE가 아닙니다</translation>
    </message>
    <message>
        <source>Boards that work: Arduino Nano 33 BLE, BLE Sense and BLE Sense Rev2.</source>
        <translation>사용할 수 있는 보드: Arduino Nano 33 BLE, BLE Sense, BLE Sense Rev2.</translation>
    </message>
    <message>
        <source>Install the driver of the chip beside the USB plug: “CP210x” from Silicon Labs, or “CH340” from WCH.</source>
        <translation>USB 플러그 옆에 있는 칩의 드라이버를 설치하세요: Silicon Labs의 “CP210x” 또는 WCH의 “CH340”.</translation>
    </message>
    <message>
        <source>Open the Device Manager: the board is listed under “Ports (COM &amp; LPT)”.</source>
        <translation>장치 관리자를 여세요. 보드는 “포트(COM &amp; LPT)” 아래에 있습니다.</translation>
    </message>
    <message>
        <source>Allow the accessory when macOS asks: System Settings, Privacy &amp; Security.</source>
        <translation>macOS가 물으면 액세서리를 허용하세요: 시스템 설정, 개인정보 보호 및 보안.</translation>
    </message>
    <message>
        <source>“sudo dmesg” tells what was plugged in. Remove the package brltty: it takes CH340.</source>
        <translation>“sudo dmesg”로 무엇이 꽂혔는지 볼 수 있습니다. brltty 패키지는 CH340을 가로채므로 제거하세요.</translation>
    </message>
    <message>
        <source>In a terminal run “sudo usermod -a -G dialout $USER” (on Arch: uucp for dialout).</source>
        <translation>터미널에서 “sudo usermod -a -G dialout $USER”를 실행하세요(Arch에서는 dialout 대신 uucp).</translation>
    </message>
    <message>
        <source>Log out and in again: groups count from the next login.</source>
        <translation>로그아웃했다가 다시 로그인하세요. 그룹은 다음 로그인부터 적용됩니다.</translation>
    </message>
    <message>
        <source>Pull the board out and plug it in again.</source>
        <translation>보드를 뽑았다가 다시 꽂으세요.</translation>
    </message>
    <message>
        <source>Close every other program that may use the port.</source>
        <translation>포트를 쓸 수 있는 다른 프로그램을 모두 닫으세요.</translation>
    </message>
    <message>
        <source>There is no emulated boot loader of this board.</source>
        <translation>이 보드의 부트로더는 에뮬레이션되지 않습니다.</translation>
    </message>
    <message>
        <source>Choose the board {board}.</source>
        <translation>{board} 보드를 고르세요.</translation>
    </message>
</context>
<context>
    <name>ActionRow</name>
    <message>
        <source>Text</source>
        <translation>텍스트</translation>
    </message>
</context>
</TS>
